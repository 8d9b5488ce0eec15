"""The state or body that a phrase names: its head itself, what stands before it, or what follows "of"."""

from __future__ import annotations

from tensionwire.ontology.gazetteer import Entry, Gazetteer
from tensionwire.ontology.grammar import grammar
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.traces import weak
from tensionwire.resolve.words import Hit

# Kinds of entries that are somebody in themselves, not a quality of somebody else.
WHOLE = frozenset({"name", "capital", "metonym", "body", "armed", "bloc", "people", "national", "loose"})


def belonging(
    scan: Scan, first: int, cut: int, last: int, noun_end: int
) -> tuple[Entry | None, bool, str, tuple[str, ...]]:
    """The state or body that the phrase names: its head itself, what stands before it, or what follows "of"."""
    hits = [h for h in scan.hits_in(first, cut) if not weak(scan, h.first, h.last, last)]
    if hits:
        ending = _ending(scan, hits)
        if ending.last == cut and ending.entry.kind in WHOLE and not _joined(scan, hits):
            return ending.entry, True, "head", ()
        codes = _joined(scan, hits)
        if codes:
            return hits[0].entry, False, "joined", codes
        return hits[0].entry, hits[0].first == first and ending.last == cut and len(hits) == 1, "head", ()
    led = _compound(scan, first, cut)
    if led is not None:
        return led[0], False, led[1], ()
    tail = _tail(scan, cut, last)
    return (tail[0].entry, False, "tail", _joined(scan, tail)) if tail else (None, False, "", ())


def _ending(scan: Scan, hits: list[Hit]) -> Hit:
    """The last hit, unless it is a palace, service or party that a state right before it claims for itself."""
    last = hits[-1]
    if len(hits) < 2 or any(w.key != "'s" for w in scan.words[hits[-2].last : last.first]):
        return last
    if last.entry.kind in ("national", "loose") and hits[-2].entry.code != "-":
        return last._replace(entry=last.entry._replace(kind="national", code=hits[-2].entry.code))
    if last.entry.kind == "metonym" and hits[-2].last == last.first:
        return hits[-2]._replace(last=last.last)
    return last


def _joined(scan: Scan, hits: list[Hit]) -> tuple[str, ...]:
    """Codes of states that "and" or commas join: "Russian and Syrian officials"."""
    codes = [hits[0].entry.code] if hits else []
    for one, other in zip(hits, hits[1:], strict=False):
        between = [w.key for w in scan.words[one.last : other.first]]
        if between and all(k in (",", "and", "&", "or", "the", "the") for k in between):
            codes.append(other.entry.code)
    return tuple(dict.fromkeys(codes)) if len(set(codes)) > 1 else ()


def _compound(scan: Scan, first: int, cut: int) -> tuple[Entry, str] | None:
    """ "Moscow-based", "US-led": a state inside a compound, where it says whose the thing is."""
    words = grammar()
    for at in range(first, cut):
        text = scan.words[at].text
        if "-" not in text and "‑" not in text:
            continue
        front, _, back = text.replace("‑", "-").rpartition("-")
        if back.casefold() in words.local or back.casefold() == "led":
            entries = Gazetteer.load().named(front)
            if entries:
                return entries[0], "led" if back.casefold() == "led" else "local"
    return None


def _tail(scan: Scan, cut: int, last: int) -> list[Hit]:
    """Hits behind "of", "in", "from" ... up to the next word that turns to somebody else."""
    words = grammar()
    end = cut
    if cut >= last or scan.words[cut].key not in words.own:
        return []
    while end < last and not (scan.at[end] is None and scan.words[end].key in words.other):
        end += 1
    return scan.hits_in(cut, end)


def joined_states(scan: Scan, first: int, last: int) -> tuple[str, ...]:
    """Codes of the states that a list names, in order ("Turkey, Saudi Arabia and Jordan")."""
    hits = [h for h in scan.hits_in(first, last) if h.entry.kind in ("name", "capital")]
    return tuple(dict.fromkeys(h.entry.code for h in hits))
