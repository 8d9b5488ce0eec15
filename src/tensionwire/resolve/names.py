"""Names that no table knows: capitalised words of persons, places and bodies, told from plain words in capitals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tensionwire.ontology.agents import agents
from tensionwire.ontology.grammar import grammar
from tensionwire.resolve.words import Hit, Name, Word, role


def names(
    words: Sequence[Word],
    placed: Sequence[int],
    hit: Sequence[Hit | None],
    headline: frozenset[int],
    renowned: Callable[[str], bool],
) -> list[Name]:
    """Names of plain sentences first; in headlines and at the start of sentences only what is a name elsewhere."""
    runs = list(_runs(words, placed, hit))
    sure = [n for n in runs if placed[n.first] not in headline]
    known = {words[at].key for n in sure for at in range(n.first, n.last) if not _opens(n.first, placed)}
    names = [n for n in (_trusted(n, words, placed, known) for n in sure) if n is not None]
    known.update(words[at].key for n in names for at in range(n.first, n.last))
    for run in runs:
        if placed[run.first] in headline:
            names.extend(_pieces(run, words, known, renowned))
    return sorted(names)


def _runs(words: Sequence[Word], placed: Sequence[int], hit: Sequence[Hit | None]) -> Iterator[Name]:
    """Stretches of capitalised words that are neither known nor roles nor function words."""
    small = grammar().particle
    at = 0
    while at < len(words):
        if words[at].text == words[at].key or not _namelike(words, at, hit):  # a small word is its own key
            at += 1
            continue
        last = at + 1
        while last < len(words) and placed[last] == placed[at]:
            if _namelike(words, last, hit):
                last += 1
            elif words[last].key in small and last + 1 < len(words) and _namelike(words, last + 1, hit):
                last += 2
            else:
                break
        yield Name(at, last)
        at = last


def _joined(words: Sequence[Word], first: int, last: int) -> str:
    return " ".join(w.text for w in words[first:last])


def _namelike(words: Sequence[Word], at: int, hit: Sequence[Hit | None]) -> bool:
    word = words[at]
    first = word.text[0]
    if hit[at] is not None or not (first.isupper() or (word.key.startswith(("al-", "el-")) and "-" in word.text)):
        return False
    if word.key in grammar().stop and not (
        word.key in grammar().month and at and words[at - 1].capital and hit[at - 1] is None
    ):
        return False
    if role(word.key) and not _surname(words, at, hit):
        return False
    if at + 1 < len(words) and f"{word.key} {words[at + 1].key}" in agents():
        return False
    return not ("-" in word.text and _compounded(word.key))


def _surname(words: Sequence[Word], at: int, hit: Sequence[Hit | None]) -> bool:
    """Whether a noun of office ends a name ("Julie Bishop", "Martin King"): a given name before it, no name after."""
    if at == 0 or not words[at].capital or hit[at - 1] is not None or not words[at - 1].capital:
        return False
    before, after = words[at - 1].key, words[at + 1] if at + 1 < len(words) else None
    if (
        words[at].key not in grammar().surname
        or before in grammar().stop
        or role(before)
        or f"{before} {words[at].key}" in agents()
    ):
        return False
    return after is None or not after.capital


def _compounded(word: str) -> bool:
    """ "Russian-occupied", "pro-Kremlin": a compound, no name."""
    front, _, back = word.rpartition("-")
    words = grammar()
    return back in words.outer or back in words.local or front in ("pro", "anti", "ex", "non", "mid")


def _opens(at: int, placed: Sequence[int]) -> bool:
    return at == 0 or placed[at - 1] != placed[at]


def _trusted(name: Name, words: Sequence[Word], placed: Sequence[int], known: set[str]) -> Name | None:
    """A run that opens a sentence may start with a plain word: it counts when it is a name elsewhere or goes on."""
    if not _opens(name.first, placed) or words[name.first].key in known:
        return name
    if name.last - name.first == 1:
        after = words[name.last].key if name.last < len(words) else ""
        return name if after in ("'s", "’s") else None
    if words[name.first + 1].key in known and name.last - name.first == 2 and _plain(words[name.first].key):
        return Name(name.first + 1, name.last)
    return name


def _plain(word: str) -> bool:
    """Whether a word looks like an adjective, participle or adverb rather than a given name."""
    return word.endswith(("ed", "ing", "ly", "ist", "ous", "ive", "ful", "ic"))


def _pieces(run: Name, words: Sequence[Word], known: set[str], renowned: Callable[[str], bool]) -> Iterator[Name]:
    """The names in a run of a headline: words that are names elsewhere, and full names of the table of offices."""
    at = run.first
    while at < run.last:
        last = next((e for e in (at + 3, at + 2) if e <= run.last and renowned(_joined(words, at, e))), at)
        while last < run.last and words[last].key in known:
            last += 1
        if last > at:
            yield Name(at, last)
        at = max(last, at + 1)
