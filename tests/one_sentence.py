"""Records of single sentences, written by naming the words."""

from tensionwire.ontology.plover import plover
from tensionwire.records import Actor, Claim, Event, Record, Span, content_hash


def span(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def actor(text, words, code=None, sector=None, members=(), name=None):
    return Actor(text=words, span=span(text, words), code=code, sector=sector, members=members, name=name)


def event(text, trigger, kind, actors=(), recipients=(), **more):
    """An event by its words; parties are words or actors."""

    def side(parties):
        return tuple(actor(text, p) if isinstance(p, str) else p for p in parties)

    return Event(
        id=f"e{text.index(trigger)}",
        s=0,
        trigger=trigger,
        trigger_span=span(text, trigger),
        type=kind,
        actor=side(actors),
        recipient=side(recipients),
        quad=plover().quad(kind),
        score=plover().score(kind),
        **more,
    )


def claim(text, content, cue=None, speaker=None, **more):
    return Claim(
        id=f"c{text.index(content)}",
        s=more.pop("s", 0),
        speaker=actor(text, speaker, name=speaker) if speaker else None,
        cue=cue,
        cue_span=span(text, cue) if cue else None,
        content=content,
        content_span=span(text, content),
        **more,
    )


def record(text, *, doc_id="a", events=(), claims=()):
    return Record(doc_id=doc_id, text=text, content_hash=content_hash(text), events=tuple(events), claims=tuple(claims))
