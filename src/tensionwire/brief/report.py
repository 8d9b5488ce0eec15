"""A briefing as one self-contained page: no script, nothing asked of anybody, every word of a report escaped.

It quotes the sentences that prove something, not whole reports, unless the outlet's texts are free to republish.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Final

from tensionwire.brief import passages
from tensionwire.brief.briefing import Briefing, Matter
from tensionwire.exchange.html import head
from tensionwire.exchange.markup import Markup, el, join
from tensionwire.exchange.outline import period
from tensionwire.measure.changes import Change
from tensionwire.measure.chart.svg import svg
from tensionwire.records import Record

_WORDS: Final = (
    "Each incident counts once a day for each origin: copies of one text are one. Acts are scored by PLOVER, weighed "
    "by status, and divided by how much the whole ledger reported that day; conflict and cooperation are shown apart, "
    "and the level is their difference. What somebody says is a claim, not a fact: accounts stand side by side, and "
    "counts are never averaged.",
    "Records are made by a program that errs; read the sentence before you rely on it. Sentences are quoted as their "
    "outlets printed them.",
)


def page(found: Briefing) -> Iterator[str]:
    """The page, piece by piece."""
    sheet = (resources.files("tensionwire.brief") / "data" / "briefing.css").read_text(encoding="utf-8")
    chart, styles = _chart(found)
    yield head(_title(found), sheet + styles)
    yield _masthead(found)
    yield "<main>\n"
    for section in _sections(found, chart):
        yield section + "\n"
    yield "</main>\n" + _foot(found) + "\n</body>\n</html>\n"


def _title(found: Briefing) -> str:
    over = f" over {found.series.issue}" if found.series.issue else ""
    return f"{found.a.name[:1].upper()}{found.a.name[1:]} and {found.b.name}{over}"


def _masthead(found: Briefing) -> Markup:
    points = found.series.points
    first, last = found.since or (points[0].date if points else ""), found.until or (points[-1].date if points else "")
    when = period(first if first == last else f"{first}/{last}") if first and last else "no reports"
    parts = ("Tension", "Turns", "Incidents", "Accounts", "Counts", "Agenda", "Sources", "Method")
    links = [el("a", name, href=f"#{name.lower()}") for name in parts]
    return el(
        "header", el("p", "Briefing", class_="kicker"), el("h1", _title(found)),
        el("p", f"{when} · as the ledger stood on {found.as_known_at}", class_="meta"),
        el("nav", *links, aria_label="Sections"), _facts(found),
    )  # fmt: skip


def _facts(found: Briefing) -> Markup:
    told = [telling for matter in _all(found) for telling in matter.incident.tellings]
    outlets = {telling.outlet for telling in told if telling.outlet}
    origins = {telling.origin or telling.report for telling in told}
    disputed = sum(matter.disputed for matter in _all(found))
    shown = found.left_out + len(found.matters)
    rows = [
        ("incidents", f"{shown:,}", f"{len(found.matters)} shown below" if found.left_out else None),
        ("outlets", f"{len(outlets):,}", passages.some(len(origins), "origin")),
        ("disputed", f"{disputed:,}", None),
        ("turns", f"{len(found.series.changes):,}", None),
        ("still to come", f"{sum(one.outcome.state == 'open' for one in found.agenda):,}", None),
    ]
    return el("dl", *(
        el("div", el("dt", name), el("dd", number, el("small", more) if more else None)) for name, number, more in rows
    ), class_="facts")  # fmt: skip


def _chart(found: Briefing) -> tuple[Markup, str]:
    """The picture without its styles, and those: the page has one sheet, which its policy knows by its hash."""
    before, _, rest = svg(found.series).partition("<style>")
    styles, _, after = rest.partition("</style>")
    return Markup(before + after), styles


def _sections(found: Briefing, chart: Markup) -> Iterator[Markup]:
    yield _section("Tension", [el("figure", chart)])
    yield _section("Turns", [_turn(found, change) for change in found.series.changes], "No change point in this time.")
    rest = f"{found.left_out:,} more that weigh less are in the ledger."
    more = [el("p", rest, class_="note")] if found.left_out else []
    of_others = [passages.incident(matter, found.records) for matter in found.contested]
    if of_others:
        more.append(el("h3", "Among others, and spoken of by these two", class_="others"))
    cards = [passages.incident(matter, found.records) for matter in found.matters]
    yield _section("Incidents", [*cards, *more, *of_others], "No incident in this time.")
    disputed = [passages.accounts(m, found.records) for m in _all(found) if m.disputed]
    yield _section("Accounts", disputed, "No incident is disputed.")
    counted = [matter for matter in _all(found) if matter.counts]
    yield _section("Counts", [passages.counts(matter) for matter in counted], "No counts.")
    yield _section("Agenda", [passages.appointment(one) for one in found.agenda], "Nothing to come is known.")
    yield _section("Sources", [el("ul", *map(_source(found), _by_day(found)), class_="sources")])
    yield el("section", el("h2", "Method", id="method"), *_method(found), class_="method")


def _all(found: Briefing) -> tuple[Matter, ...]:
    return (*found.matters, *found.contested)


def _section(title: str, parts: Iterable[Markup], empty: str = "") -> Markup:
    inside = list(parts) or [el("p", empty, class_="empty")]
    return el("section", el("h2", title, id=title.lower()), *inside)


def _turn(found: Briefing, change: Change) -> Markup:
    sign = "▲" if change.direction == "rises" else "▼"
    name = el("h3", f"{sign} {change.date} ", el("span", change.direction, class_=f"tag {change.direction}"))
    sure = el("p", f"{change.confidence:.0%} of quiet pairs show nothing as strong", class_="meta")
    wanted = 1 if change.direction == "rises" else -1
    near = [m for m in found.matters if wanted * m.weight > 0 and passages.within_fortnight(m, change.date)]
    near.sort(key=lambda matter: -wanted * matter.weight)
    quotes = [passages.telling_quote(matter.head, found.records) for matter in near[:3]]
    return el("div", name, sure, *quotes, class_="item")


def _by_day(found: Briefing) -> list[tuple[str, Record]]:
    return sorted(found.records.items(), key=lambda one: (one[1].published or "", one[0]), reverse=True)


def _source(found: Briefing) -> passages.Shown:
    def shown(one: tuple[str, Record]) -> Markup:
        key, record = one
        about = " · ".join(part for part in (record.outlet, (record.published or "no day")[:10], key) if part)
        title = passages.linked(record.title or record.doc_id, record.url)
        credit = f" · with {', '.join(record.agencies)}" if record.agencies else ""
        whole = None
        if record.outlet in found.free and record.text:
            whole = el("details", el("summary", "whole text"), el("p", record.text, class_="whole"))
        return el("li", title, el("span", about + credit, class_="source"), whole, id=f"source-{key}")

    return shown


def _method(found: Briefing) -> Iterator[Markup]:
    for words in _WORDS:
        yield el("p", words)
    aside = found.series.aside
    left = {"not actual": aside.not_actual, "undated": aside.undated, "date too vague": aside.long}
    told = ", ".join(f"{count:,} {why}" for why, count in left.items() if count)
    yield el("p", f"Not in the series: {told}." if told else "Everything that was told of the pair is in the series.")


def _foot(found: Briefing) -> Markup:
    from tensionwire import __version__

    coders = sorted({record.coder for record in found.records.values() if record.coder})
    coded = f"coded by {'; '.join(coders)}" if coders else None
    return el("footer", el("p", join([f"written by tensionwire {__version__}", coded], " · ")))
