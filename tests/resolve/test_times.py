"""The dates that news words mean, seen from Tuesday 11 April 2017."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.records import Annotated, Moment, Report, Span
from tensionwire.resolve.times import moments, reading

PUBLISHED = "2017-04-11"


def read(text: str, published: str | None = PUBLISHED) -> tuple[Moment, ...]:
    report = Report(doc_id="t", text=text, content_hash="", published=published)
    return moments(Annotated(report=report, sentences=(Span(0, len(text)),)))


def only(text: str, published: str | None = PUBLISHED) -> Moment:
    found = read(text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        # days
        ("It began on April 4.", "April 4", "2017-04-04"),
        ("They met on 4 April 2016.", "4 April 2016", "2016-04-04"),
        ("Shots rang out on Apr. 4 at noon.", "Apr. 4", "2017-04-04"),
        ("On the 3rd of March they left.", "the 3rd of March", "2017-03-03"),
        ("Signed on 2015-07-14 in Vienna.", "2015-07-14", "2015-07-14"),
        ("Filed 14/03/2017 by the court.", "14/03/2017", "2017-03-14"),
        ("On Tuesday, April 4, 2017, it rained.", "Tuesday, April 4, 2017", "2017-04-04"),
        ("Planes struck on 20 December.", "20 December", "2016-12-20"),
        ("The march of March 31 last year was banned.", "March 31 last year", "2016-03-31"),
        # weekdays: the nearest past one, the day of publication among them
        ("Rebels fired on Monday.", "Monday", "2017-04-10"),
        ("Rebels fired on Tuesday.", "Tuesday", "2017-04-11"),
        ("Rebels fired on Wednesday night.", "Wednesday night", "2017-04-05"),
        ("Monday's raid failed.", "Monday", "2017-04-10"),
        ("He was held last Tuesday.", "last Tuesday", "2017-04-04"),
        ("Talks are set for next Friday.", "next Friday", "2017-04-14"),
        ("It fell on Monday of last week.", "Monday of last week", "2017-04-03"),
        ("Clashes on Wednesday and Thursday killed six.", "Wednesday and Thursday", "2017-04-05/2017-04-06"),
        # counted from the day
        ("Two died yesterday.", "yesterday", "2017-04-10"),
        ("Tomorrow they vote.", "Tomorrow", "2017-04-12"),
        ("Bombs fell overnight.", "overnight", "2017-04-10/2017-04-11"),
        ("He fled last night.", "last night", "2017-04-10"),
        ("The day before yesterday it burned.", "The day before yesterday", "2017-04-09"),
        ("It was shelled two days ago.", "two days ago", "2017-04-09"),
        ("He resigned three weeks ago.", "three weeks ago", "2017-03-21"),
        ("It was signed two months ago.", "two months ago", "2017-02"),
        ("A year ago he was freed.", "A year ago", "2016"),
        # weeks, months, years
        ("They met last week.", "last week", "2017-04-03/2017-04-09"),
        ("They meet next week.", "next week", "2017-04-17/2017-04-23"),
        ("A visit later this week is planned.", "later this week", "2017-04-12/2017-04-16"),
        ("Earlier this week he left.", "Earlier this week", "2017-04-10"),
        ("Earlier this month he left.", "Earlier this month", "2017-04"),
        ("Prices rose last month.", "last month", "2017-03"),
        ("Elections are due next year.", "next year", "2018"),
        ("Police raided it at the weekend.", "weekend", "2017-04-08/2017-04-09"),
        ("He won in December.", "December", "2016-12"),
        ("He won in May.", "May", "2016-05"),
        ("He won in May 2015.", "May 2015", "2015-05"),
        ("It closed last June.", "last June", "2016-06"),
        ("It closed in March of this year.", "March of this year", "2017-03"),
        ("It closed in mid-September.", "mid-September", "2016-09-11/2016-09-20"),
        ("It closed in early 2016.", "early 2016", "2016-01/2016-03"),
        ("It closed in the first half of 2016.", "the first half of 2016", "2016-01/2016-06"),
        ("They marched in spring 2014.", "spring 2014", "2014-03/2014-05"),
        ("They marched last summer.", "last summer", "2016-06/2016-08"),
        ("Iraq was invaded in 2003.", "2003", "2003"),
        ("The 2015 deal holds.", "2015", "2015"),
        ("War raged in the late 1980s.", "late 1980s", "1986/1989"),
        ("War raged in the 1990s.", "1990s", "1990/1999"),
        # stretches
        ("From 2014 to 2016 it was shut.", "2014 to 2016", "2014/2016"),
        ("Between May and July floods came.", "May and July", "2016-05/2016-07"),
        ("The forum ran from April 2 to April 5.", "April 2 to April 5", "2017-04-02/2017-04-05"),
        ("The forum of April 2-5 failed.", "April 2-5", "2017-04-02/2017-04-05"),
        ("It lasted from 28 March to 2 April.", "28 March to 2 April", "2017-03-28/2017-04-02"),
        ("The 2014-15 drought hurt.", "2014-15", "2014/2015"),
        ("It has been closed since 2014.", "2014", "2014/2017-04-11"),
        ("It has been closed since Friday.", "Friday", "2017-04-07/2017-04-11"),
        ("In the past week ten died.", "the past week", "2017-04-04/2017-04-11"),
        ("In the next three months it opens.", "the next three months", "2017-04-11/2017-07-11"),
        ("The six-year-old war goes on.", "six-year-old war", "2011/2017-04-11"),
        ("A two-month siege ended.", "two-month siege", "2017-02-11/2017-04-11"),
    ],
)
def test_expression_means(text: str, words: str, iso: str) -> None:
    moment = only(text)
    assert (moment.span.of(text), moment.iso) == (words, iso)


@pytest.mark.parametrize(
    ("text", "past", "planned"),
    [
        ("on Friday", "2017-04-07", "2017-04-14"),
        ("on Tuesday", "2017-04-11", "2017-04-11"),
        ("on 9 April", "2017-04-09", "2018-04-09"),
        ("in December", "2016-12", "2017-12"),
        ("this week", "2017-04-10/2017-04-11", "2017-04-10/2017-04-16"),
        ("at the weekend", "2017-04-08/2017-04-09", "2017-04-15/2017-04-16"),
        ("next Monday", "2017-04-17", "2017-04-17"),
    ],
)
def test_reading_for_a_plan(text: str, past: str, planned: str) -> None:
    moment = only(text)
    assert (reading(moment, planned=False), reading(moment, planned=True)) == (past, planned)


def test_day_just_ahead_is_not_of_last_year() -> None:
    assert only("The vote on 20 April will be watched.").iso == "2017-04-20"


@pytest.mark.parametrize(
    "text",
    [
        "May said she may march in protest.",
        "The prime minister, Theresa May, won.",
        "They march on the second floor.",
        "He wrote in the Sunday Times.",
        "The Good Friday Agreement holds.",
        "Russia Today showed it.",
        "Some 2,000 troops and 2000 troops were sent.",
        "It cost $2014 a head.",
        "The fall of the town shocked April Ryan.",
        "Her 22-year-old son was held.",
        "The Arab Spring faded.",
    ],
)
def test_no_date(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("On Wednesday, two days after gunmen struck, it closed.", "two days after", "2017-04-03"),
        ("It was hit on April 2 and retaken a week later.", "a week later", "2017-04-09"),
        ("They met on April 2 and signed the following day.", "the following day", "2017-04-03"),
        ("In 1999 it was shut, and a year later reopened.", "a year later", "2000"),
    ],
)
def test_counted_from_another_moment(text: str, words: str, iso: str) -> None:
    found = {m.span.of(text): m.iso for m in read(text)}
    assert found[words] == iso


def test_anchor_in_an_earlier_sentence() -> None:
    text = "It was hit on April 2. Two days later it fell."
    report = Report(doc_id="t", text=text, content_hash="", published=PUBLISHED)
    found = moments(Annotated(report=report, sentences=(Span(0, 22), Span(23, len(text)))))
    assert [m.iso for m in found] == ["2017-04-02", "2017-04-04"]


@pytest.mark.parametrize("text", ["a few weeks ago", "in recent days", "in the coming weeks", "two days later"])
def test_vague_is_unknown_with_a_reason(text: str) -> None:
    moment = only(text)
    assert moment.iso is None
    assert moment.reason


@pytest.mark.parametrize("text", ["on Tuesday", "April 4", "in May", "last year", "two days ago", "tonight"])
def test_no_year_is_invented_without_a_publication_date(text: str) -> None:
    moment = only(text, None)
    assert moment.iso is None
    assert moment.reason


@pytest.mark.parametrize(
    ("text", "iso"), [("in 2003", "2003"), ("April 4, 2017", "2017-04-04"), ("May 2015", "2015-05")]
)
def test_absolute_dates_need_no_publication_date(text: str, iso: str) -> None:
    assert only(text, None).iso == iso


@pytest.mark.parametrize("published", ["2017-04-11T23:30:00+03:00", "2017-04-11 08:00"])
def test_published_with_a_time(published: str) -> None:
    assert only("on Monday", published).iso == "2017-04-10"


@pytest.mark.parametrize("day", ["2016-02-29", "2017-12-31", "2018-01-01", "1999-12-31"])
def test_edges_of_the_calendar(day: str) -> None:
    for text in ("last year", "next month", "February 29", "a month ago", "last winter", "this weekend", "31 April"):
        read(text, day)


WORDS = st.sampled_from(
    "on in since from to between and the of late early next last this May March April 4 31 2014 Tuesday week month "
    "years ago two days later after weekend 1990s spring end mid - , . ’s said past coming tonight 12/13/2014".split()
)


@given(st.lists(WORDS | st.text(max_size=4), max_size=14), st.dates().map(str) | st.none())
def test_spans_stand_in_order_inside_the_text(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    found = read(text, published)
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))
    assert all(m.iso or m.reason for m in found)
