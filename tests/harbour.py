"""The sample report as a careful reader would code it, so that showing can be tested without a model."""

from __future__ import annotations

import re
from dataclasses import replace

from tensionwire.records import (
    Actor,
    AgendaItem,
    Claim,
    Event,
    Figure,
    KnownActor,
    Place,
    Record,
    Relation,
    Span,
    content_hash,
)

PARAGRAPHS = (
    "Chile accused Peru on Tuesday of sending the drones that struck a fuel terminal in the harbour of "
    'Arica over the weekend, a charge that Lima rejected as "a fairy tale" while the region\'s governments'
    " took sides.",
    "The fire on May 10 killed at least 14 people, Chile's Interior Ministry said. The Arica regional "
    "hospital put the number of dead at 11 and said that more than 40 others were being treated for "
    "burns.",
    '"Three drones came in low over the water, and they came from the north," Chilean Foreign Minister '
    'Marisol Quintar told reporters in Santiago. "We know who builds them, and we know who flies them."',
    "Peruvian Defence Minister Teo Arrascue denied that any Peruvian aircraft had crossed the border. He "
    "said the blast was caused by a leaking pipeline that Chilean inspectors had ignored for months, but "
    "offered no evidence for the claim.",
    "Allies Line Up",
    "Brazil and Argentina, both long-standing allies of Chile, condemned the attack.",
    "The United States and Canada warned that they could impose sanctions on Peru's arms industry if the "
    "Chilean account is confirmed.",
    "Quintar is to meet her Peruvian counterpart, Isidro Belaunte, in Montevideo on May 20.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def at(words: str, nth: int = 1) -> Span:
    """The span of the nth time that the words stand in the text."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def _sentences() -> tuple[Span, ...]:
    found: list[Span] = []
    for paragraph in PARAGRAPHS:
        begin = at(paragraph).start
        found += [
            Span(begin + m.start(), begin + m.end()) for m in re.finditer(r'\S.*?\."?(?= [A-Z"]|$)', paragraph)
        ] or [Span(begin, begin + len(paragraph))]
    return tuple(found)


SENTENCES = _sentences()


def _s(span: Span) -> int:
    return next(i for i, sentence in enumerate(SENTENCES) if sentence.holds(span))


def actor(words: str, nth: int = 1, **known: object) -> Actor:
    """An actor by the words that stand in the text."""
    return Actor(text=words, span=at(words, nth), **known)  # type: ignore[arg-type]


CHILE = actor("Chile", name="Chile", code="CHL", sector="GOV", wikidata="Q298")
PERU = actor("Peru", name="Peru", code="PER", sector="GOV")
LIMA = actor("Lima", name="Peru", code="PER", sector="GOV")
MINISTRY = actor("Chile's Interior Ministry", name="Interior Ministry", code="CHL", sector="GOV")
HOSPITAL = actor("The Arica regional hospital", reason="a body that no table knows", sector="MED")
QUINTAR = actor(
    "Chilean Foreign Minister Marisol Quintar",
    name="Marisol Quintar",
    code="CHL",
    sector="GOV",
    office="Foreign Minister",
)
ARRASCUE = actor(
    "Peruvian Defence Minister Teo Arrascue",
    name="Teo Arrascue",
    code="PER",
    sector="GOV",
    office="Defence Minister",
)
HE = actor("He", name="Teo Arrascue", code="PER", sector="GOV", office="Defence Minister")
ARICA = Place(name="Arica", geonames_id=3899361, lat=-18.4746, lon=-70.29792, code="CHL", region="Arica y Parinacota")
MONTEVIDEO = Place(
    name="Montevideo", geonames_id=3441575, lat=-34.90328, lon=-56.18816, code="URY", region="Montevideo"
)


def event(id: str, trigger: str, type: str, quad: int, score: float, nth: int = 1, **more: object) -> Event:
    """An event whose sentence is found by its trigger."""
    span = at(trigger, nth)
    made = {"confidence": 0.91, "made_by": "encoder"} | more
    return Event(
        id=id,
        s=_s(span),
        trigger=trigger,
        trigger_span=span,
        type=type,
        quad=quad,
        score=score,
        **made,  # type: ignore[arg-type]
    )


def claim(id: str, content: str, speaker: Actor | None, cue: str | None, **more: object) -> Claim:
    """A claim whose sentence is found by its content."""
    span = at(content)
    made = {"confidence": 0.88, "made_by": "encoder"} | more
    return Claim(
        id=id,
        s=_s(span),
        content=content,
        content_span=span,
        speaker=speaker,
        cue=cue,
        cue_span=at(cue) if cue else None,
        **made,  # type: ignore[arg-type]
    )


EVENTS = (
    event(
        "e1",
        "accused",
        "ACCUSE",
        3,
        -3.5,
        mode="allege",
        actor=(CHILE,),
        recipient=(PERU,),
        date="2025-05-13",
        date_span=at("Tuesday"),
        cameo="112",
        contexts=("military", "diplomatic"),
        place_reason="no place is given for this act",
    ),
    event(
        "e2",
        "struck",
        "ASSAULT",
        4,
        -9.5,
        mode="drone",
        status="alleged",
        actor=(PERU,),
        recipient=(actor("a fuel terminal", code="CHL", sector="BUS"),),
        date="2025-05-10/2025-05-11",
        date_span=at("over the weekend"),
        place="Arica",
        place_span=at("Arica"),
        where=ARICA,
        contexts=("military",),
        cameo="195",
    ),
    event(
        "e3",
        "rejected",
        "REJECT",
        3,
        -2,
        actor=(LIMA,),
        recipient=(CHILE,),
        cameo="125",
        date_reason="no time is given for this act",
        place_reason="no place is given for this act",
    ),
    event(
        "e4",
        "condemned",
        "ACCUSE",
        3,
        -2,
        mode="disapprove",
        cameo="111",
        actor=(
            actor("Brazil", name="Brazil", code="BRA", sector="GOV"),
            actor("Argentina", name="Argentina", code="ARG", sector="GOV"),
        ),
        date_reason="no time is given for this act",
        place_reason="no place is given for this act",
    ),
    event(
        "e5",
        "warned",
        "THREATEN",
        3,
        -3.5,
        mode="restrict",
        cameo="1312",
        actor=(
            actor("The United States", name="United States", code="USA", sector="GOV"),
            actor("Canada", name="Canada", code="CAN", sector="GOV"),
        ),
        recipient=(actor("Peru's arms industry", code="PER", sector="BUS"),),
        confidence=0.55,
        date_reason="no time is given for this act",
        place_reason="no place is given for this act",
    ),
    event(
        "e6",
        "meet",
        "AGREE",
        1,
        2.5,
        status="planned",
        cameo="036",
        date="2025-05-20",
        date_span=at("on May 20"),
        actor=(actor("Quintar", 2, name="Marisol Quintar", code="CHL", sector="GOV"),),
        recipient=(actor("Isidro Belaunte", name="Isidro Belaunte", code="PER", sector="GOV"),),
        place="Montevideo",
        place_span=at("Montevideo"),
        where=MONTEVIDEO,
        contexts=("diplomatic",),
    ),
)
CLAIMS = (
    claim("c1", "The fire on May 10 killed at least 14 people", MINISTRY, "said", about="e2"),
    claim("c2", "more than 40 others were being treated for burns", HOSPITAL, "said that"),
    claim(
        "c3",
        "Three drones came in low over the water, and they came from the north",
        QUINTAR,
        "told reporters",
        form="direct",
        stance="accuses",
        about="e2",
    ),
    claim(
        "c4",
        "We know who builds them, and we know who flies them",
        QUINTAR,
        None,
        form="direct",
        stance="accuses",
        about="e2",
    ),
    claim(
        "c5",
        "that any Peruvian aircraft had crossed the border",
        ARRASCUE,
        "denied",
        stance="denies",
        disputes="c3",
        about="e2",
    ),
    claim(
        "c6",
        "the blast was caused by a leaking pipeline that Chilean inspectors had ignored for months",
        HE,
        "He said",
        stance="asserts",
        evidence="none",
        disputes="c3",
        evidence_span=at("offered no evidence for the claim"),
    ),
)
FIGURES = (
    Figure(id="f1", s=1, text="at least 14", span=at("at least 14"), what="killed", low=14, high=None, event="e2"),
    Figure(id="f2", s=2, text="11", span=at("11"), what="killed", low=11, high=11, event="e2"),
    Figure(id="f3", s=2, text="more than 40", span=at("more than 40"), what="wounded", low=41, high=None),
)

RECORD = Record(
    doc_id="harbour",
    text=TEXT,
    content_hash=content_hash(TEXT),
    title="Chile and Peru Trade Blame Over Arica Harbour Blast As Envoys Head To Montevideo",
    outlet="Invented Courier",
    published="2025-05-14",
    modified="2025-05-14T15:05:00+00:00",
    byline="Odalys Ferrant",
    language="en",
    agencies=("AFP", "EFE", "Reuters"),
    subheads=(at("Allies Line Up"),),
    url="https://courier.example/world/arica-harbour-blast",
    source="harbour.html",
    sentences=SENTENCES,
    actors=(
        KnownActor(name="Chile", code="CHL", sector="GOV", mentions=(at("Chile"), at("Chilean"))),
        KnownActor(name="Peru", code="PER", sector="GOV", mentions=(at("Peru"), at("Lima"))),
        KnownActor(
            name="Marisol Quintar",
            code="CHL",
            sector="GOV",
            office="Foreign Minister",
            mentions=(at("Marisol Quintar"), at("Quintar", 2)),
        ),
        KnownActor(
            name="Teo Arrascue",
            code="PER",
            sector="GOV",
            office="Defence Minister",
            mentions=(at("Teo Arrascue"), at("He")),
        ),
        KnownActor(
            name="Arica regional hospital",
            mentions=(at("The Arica regional hospital"),),
            sector="MED",
            reason="a body that no table knows",
        ),
    ),
    events=EVENTS,
    claims=CLAIMS,
    figures=FIGURES,
    relations=(
        Relation(
            id="r1",
            s=_s(at("long-standing allies of Chile")),
            text="long-standing allies of Chile",
            span=at("long-standing allies of Chile"),
            a="BRA",
            b="CHL",
            sign="+",
            a_name="Brazil",
            b_name="Chile",
        ),
    ),
    agenda=(
        AgendaItem(
            id="a1",
            s=len(SENTENCES) - 1,
            text="Quintar is to meet her Peruvian counterpart",
            span=at("Quintar is to meet her Peruvian counterpart"),
            who=("Marisol Quintar", "Isidro Belaunte"),
            when="2025-05-20",
            where="Montevideo",
            event="e6",
        ),
    ),
    coder="tensionwire 0.1.0",
)


def hostile() -> Record:
    """A record whose words try to break out of a terminal, a page and a spreadsheet."""
    words = '=cmd|"/c calc"!A0 \x1b[31m\x9b1m\u202eevil\u2066 <script>alert(1)</script> \x07\x00'
    text = f"{words} struck."
    bad = Actor(text=words, span=Span(0, len(words)), name=words, code=None, reason=words)
    return replace(
        RECORD,
        doc_id="../../" + words,
        text=text,
        content_hash=content_hash(text),
        title=words,
        outlet=words,
        byline=words,
        agencies=(words,),
        url="javascript:alert(1)",
        source=words,
        subheads=(),
        sentences=(Span(0, len(text)),),
        published_reason=words,
        notes=(words,),
        actors=(KnownActor(name=words, mentions=(Span(0, 5), Span(90, 10_000)), reason=words),),
        events=(
            Event(
                id='e1"><script>',
                s=0,
                trigger="struck",
                trigger_span=Span(len(words) + 1, len(words) + 7),
                type="ASSAULT",
                quad=4,
                score=-9,
                actor=(bad,),
                recipient=(bad,),
                place=words,
                date_reason=words,
            ),
        ),
        claims=(Claim(id=words, s=0, speaker=bad, content=words, content_span=Span(0, len(words)), about=words),),
        figures=(Figure(id="f1", s=0, text=words, span=Span(0, len(words)), what=words),),
        relations=(Relation(id="r1", s=0, text=words, span=Span(0, len(words)), a=words, b=words, sign="+"),),
        agenda=(AgendaItem(id="a1", s=0, text=words, span=Span(0, len(words)), who=(words,), where=words),),
    )
