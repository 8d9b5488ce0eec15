from hypothesis import given
from hypothesis import strategies as st

from tensionwire.ontology.calendar import calendar_words
from tensionwire.resolve.timepatterns import grammar
from tensionwire.resolve.times import OPENER

_W = calendar_words()
WORDS = st.sampled_from(
    [
        *_W.months, *_W.weekdays, *_W.seasons, *_W.numbers, *_W.ordinals, *_W.feasts, *_W.units, *_W.past, *_W.coming,
        *_W.present, *_W.lasting, *(f"{unit}s" for unit in _W.units), "the", "of", "ago", "early", "late", "mid", "end", "in",
        "2016", "2014-18", "2016-04-05", "4.5.2016", "7", "21st", "1990s", "yesterday", "tonight", "this", "morning", "weekend",
        "later", "earlier", "before", "after", "previous", "following", "same", "few", "couple", "several", "recent",
        "first", "half", "beginning", "sometime", "by", "old", "hour", "day", "between", "and", "to", "$", "x", "Day's",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=8), st.sampled_from([" ", "-", ", "]))
def test_no_expression_begins_with_a_word_that_opens_none(words: list[str], joint: str) -> None:
    for text in (joint.join(words), joint.join(words).upper(), joint.join(words).capitalize()):
        at, opened = 0, {m.start(): m.group().lower() for m in OPENER.finditer(text)}
        while (start := grammar().any.search(text, at)) is not None:
            word = opened[start.start()]
            assert word.isdigit() or word in grammar().openers
            at = start.start() + 1
