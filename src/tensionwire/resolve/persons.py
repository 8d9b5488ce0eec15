"""Who a person of the report is: by what the text says of him or her, by the table of offices, by the context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tensionwire.ontology.grammar import grammar
from tensionwire.ontology.offices import KNOWN_FOR, OFFICIAL, Offices, Tenure, listed
from tensionwire.records import Identity, Span
from tensionwire.resolve.people import Person
from tensionwire.resolve.phrases import Reading
from tensionwire.resolve.scene import Seat

if TYPE_CHECKING:
    from tensionwire.resolve.cast import Cast


def identify(cast: Cast, index: int, seat: Seat | None) -> Identity:
    """The identity of one person; `seat` is the mention that asks, if one does."""
    person = cast.scene.people[index]
    told = _told(person, close=True)
    title = _led(person)
    current = office(cast.offices, person.name, cast.scene.date, present=cast.present, title=title)
    if current is not None and _now(current, cast.scene.date) and _only_former(person):
        told = current.code
    tenure = office(cast.offices, person.name, cast.scene.date, told=told, present=cast.present, title=title)
    sure = tenure is not None and _now(tenure, cast.scene.date)
    told = told or (tenure.code if tenure is not None and sure else _told(person, close=False))
    if told is None and tenure is None:
        return _unknown(cast, person, seat)
    code = told or (tenure.code if tenure else None)
    held = tenure if tenure is not None and tenure.code == code else None
    cast.keep(held, person.name)
    return Identity(
        name=held.person if held is not None and " " not in person.name else person.name,
        code=code,
        sector=_sector(held, cast.scene.date),
        office=_title(person) or (held.office if held and _now(held, cast.scene.date) else None),
        wikidata=(held.wikidata or None) if held else None,
        rule="described" if told else "office table",
    )


def of_tenure(held: Tenure, date: str | None, name: str) -> Identity:
    """The identity of somebody whom only the table of offices knows."""
    return Identity(
        name=name if " " in name else held.person,
        code=held.code,
        sector=_sector(held, date),
        office=held.office if _now(held, date) else None,
        wikidata=held.wikidata or None,
        rule="office table",
    )


def _unknown(cast: Cast, person: Person, seat: Seat | None) -> Identity:
    """Somebody of whom neither the text nor the table tells the state."""
    asked = seat or _seat(cast, person)
    found = cast.by_context(person.name, asked, person=True)
    return replace(found, office=_title(person), rule=f"person, {found.rule}")


def _seat(cast: Cast, person: Person) -> Seat:
    """Where a person first stands, for one who is no party to anything."""
    first, last = person.names[0]
    scan = cast.scene.scan
    reading = Reading(first=first, last=last, name=person.names[0], head=None)
    described = next((d.reading.sector for d in person.descriptions if d.reading.sector), None)
    span: Span = scan.span(first, last)
    return Seat(
        span=span,
        sentence=scan.sentence[first],
        reading=reading,
        sector=described,
        confidence=0.0,
        kind="person",
        role="",
    )


def _told(person: Person, *, close: bool) -> str | None:
    """The code that most descriptions give: those right before the name, or those between marks."""
    codes = Counter[str]()
    for description in person.descriptions:
        reading = description.reading
        if description.close != close or reading.entry is None or reading.codes:
            continue
        if reading.entry.code != "-" and reading.via != "led":
            codes[reading.entry.code] += 1
    return codes.most_common(1)[0][0] if codes else None


def _only_former(person: Person) -> bool:
    """Whether all that stands right before the name tells of the past: the office of the day says more."""
    return all(d.reading.former for d in person.descriptions if d.close and d.reading.entry is not None)


def _title(person: Person) -> str | None:
    return next((d.reading.office for d in person.descriptions if d.reading.office), None)


def _led(person: Person) -> str | None:
    """The office right before the name, in one word ("President Obama")."""
    led = (d.reading.office for d in person.descriptions if d.close and d.titled and d.reading.office)
    return next((words.split()[-1].casefold() for words in led), None)


def office(
    offices: Offices,
    name: str,
    date: str | None,
    *,
    told: str | None = None,
    present: Iterable[str] = (),
    title: str | None = None,
) -> Tenure | None:
    """The tenure by which the table knows a person at a date.

    A full name decides; a last name alone only for a head or chief minister of that day of a state that is `present`
    in the report, or behind the `title` that a head of a great state has or had. Without a date one who stands alone
    in the table is taken.
    """
    words, here = name.split(), set(present)
    found = offices.person(name) if len(words) > 1 else offices.named(name)
    if told:
        found = tuple(t for t in found if t.code == told)
    elif len(words) == 1:
        found = tuple(t for t in found if _at_the_top(t, here, date, title))
    elif here:
        found = tuple(t for t in found if t.rank < 3 or t.code in here)
    if date is not None:
        found = tuple(t for t in found if t.start <= date) or found
    now = listed([t for t in found if _now(t, date)])
    if len(words) == 1 and date is not None and not now:
        found = tuple(t for t in found if t.rank == 1 and (_lately(t, date) or _entitled(t, date, title)))
    chosen = _one_person(now or found, here)
    if not chosen:
        return None
    return min(chosen, key=lambda t: (t.rank, t.start)) if now else max(chosen, key=lambda t: t.start)


def _at_the_top(tenure: Tenure, here: set[str], date: str | None, title: str | None) -> bool:
    """Whether a last name alone can mean the holder: a chief of a state that the report speaks of, or the head of a
    great one in office that day or called by that office."""
    before = tenure.person.split()[-2:-1]
    if before and before[0].casefold() in grammar().particle:
        return False
    great = tenure.rank == 1 and tenure.code in grammar().great
    if tenure.rank < 3 and tenure.code in here:
        return True
    return great and (_now(tenure, date) or _lately(tenure, date) or _entitled(tenure, date, title))


def _entitled(tenure: Tenure, date: str | None, title: str | None) -> bool:
    """Whether somebody is called by the office that he or she holds or held by a date ("President Reagan").

    A list that knows heads by "Leader" only vouches for any office at the top.
    """
    begun = date is None or tenure.start <= date
    return begun and title is not None and (title in tenure.office.casefold().split() or tenure.office == "Leader")


def _lately(tenure: Tenure, date: str | None) -> bool:
    """Whether an office ended within the ten years before a date: its holder is still known by the last name."""
    if date is None or not tenure.end[:4].isdigit() or tenure.end.endswith("+"):
        return False
    return tenure.end <= date and int(date[:4]) - int(tenure.end[:4]) <= 10


def _one_person(tenures: Sequence[Tenure], here: set[str]) -> Sequence[Tenure]:
    """The tenures, when they are of one state; else those of the only one that the report speaks of."""
    if len({t.code for t in tenures}) <= 1:
        return tenures
    local = [t for t in tenures if t.code in here]
    return local if len({t.code for t in local}) == 1 else []


def _now(tenure: Tenure, date: str | None) -> bool:
    return date is not None and tenure.holds(date)


def _sector(tenure: Tenure | None, date: str | None) -> str | None:
    """That of an office held on the day. What somebody is known for comes last: the report knows better."""
    office = tenure is not None and tenure.rank < KNOWN_FOR and _now(tenure, date)
    return tenure.sector if tenure is not None and office else None


def last_sector(tenure: Tenure, date: str | None) -> str:
    """The sector of somebody of whom no more is known: a former official's, where an office is over."""
    lasts = _now(tenure, date) if date else tenure.end.endswith("+")
    left = tenure.rank < KNOWN_FOR or tenure.sector in OFFICIAL
    return "ELI" if left and not lasts else tenure.sector
