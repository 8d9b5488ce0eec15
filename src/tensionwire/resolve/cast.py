"""The cast of one report: an identity for every mention, made in text order, each able to look back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tensionwire.ontology.gazetteer import Entry, Gazetteer
from tensionwire.ontology.grammar import grammar
from tensionwire.ontology.offices import KNOWN_FOR, Offices, Tenure
from tensionwire.records import Identity, Span
from tensionwire.resolve import bodies, context, coreference, groups, persons, referents
from tensionwire.resolve.coreference import Referent
from tensionwire.resolve.scan import Scan
from tensionwire.resolve.scene import CONFLICT, Scene, Seat, quoted
from tensionwire.resolve.sectors import with_sector
from tensionwire.resolve.traces import UNKNOWN, unknown
from tensionwire.resolve.weights import Option, Ranker
from tensionwire.resolve.words import Name, role


class Cast:
    """Works through one report once; `identities` is the result.

    `rankers` are the weights by which countries and antecedents are chosen, `outlet` the code of the outlet's home.
    """

    def __init__(
        self,
        scene: Scene,
        offices: Offices,
        rankers: Mapping[str, Ranker],
        outlet: str | None = None,
    ) -> None:
        self.scene, self.offices = scene, offices
        self._rankers, self.outlet = rankers, outlet
        self._found: dict[Span, Identity] = {}
        self._bearers: dict[int, Identity] = {}
        self._usual: dict[str, str] = {}
        self._quoted = quoted(scene.annotated)
        self.forms = bodies.forms(scene.scan)
        self.present = frozenset(filter(None, (*scene.traces.weight, outlet)))
        self._groups = tuple(groups.listed(scene.scan))
        self._plain = {seat.span: self._outright(seat) for seat in scene.seats}
        self.referents: list[Referent] = []

    def identities(self) -> Mapping[Span, Identity]:
        """An identity for every mention, and for every name or listed group outside a mention, by its span."""
        passing = sorted(referents.passing(self), key=lambda r: -r.start)
        named = {Span(r.start, r.end): r.identity for r in passing}
        for seat in self.scene.seats:
            while passing and passing[-1].start < seat.span.start:
                self.referents.append(passing.pop())
            identity = self._identify(seat)
            self._found[seat.span] = identity
            if seat.reading.pronoun is None or identity.code is not None:
                self.referents.append(referents.mentioned(self, seat, identity))
        return dict(self._groups) | named | self._found

    def bearer(self, index: int, seat: Seat | None = None) -> Identity:
        """Who a person of the report is; made at the first need."""
        if index not in self._bearers:
            self._bearers[index] = persons.identify(self, index, seat)
        return self._bearers[index]

    def in_quotation(self, span: Span) -> bool:
        """Whether a span stands inside quoted words."""
        return any(q.holds(span) for q in self._quoted)

    # -- one mention

    def _identify(self, seat: Seat) -> Identity:
        reading = seat.reading
        if reading.pronoun:
            return self._pronoun(seat, reading.pronoun)
        plain = self._plain[seat.span]
        if plain is None:
            person = self.person_of(seat)
            plain = self.bearer(person, seat) if person is not None else self._unnamed(seat)
        described = self._described_sector(seat) or self._usual.get(plain.name)
        return with_sector(plain, seat, self.scene.scan, described)

    def _described_sector(self, seat: Seat) -> str | None:
        person = self.person_of(seat)
        return self.scene.people[person].sector if person is not None else None

    def keep(self, held: Tenure | None, name: str) -> None:
        """Remember the sector that somebody is known for, for want of a better one."""
        if held is not None and held.rank == KNOWN_FOR:
            self._usual[name] = persons.last_sector(held, self.scene.date)

    def _outright(self, seat: Seat) -> Identity | None:
        """Who a mention is by its own words, without the report."""
        reading = seat.reading
        if reading.pronoun or self.person_of(seat) is not None:
            return None
        for span, group in self._groups:
            if seat.span.holds(span) or span.holds(seat.span):
                return replace(group, name=self.scene.text(seat.span))
        part = self._part_of_word(seat)
        if part is not None:
            return bodies.identity(seat, part, self.scene, self.forms)
        if _coalition(reading.head, self.scene.scan, reading.first, reading.last) and reading.entry is None:
            return Identity(name=self.scene.text(seat.span), code="IGO", rule="coalition")
        if reading.fixed and (reading.entry is None or reading.fixed == "NGO"):
            return Identity(name=self.scene.text(seat.span), code=reading.fixed, rule="noun of bodies")
        entry = bodies.placed(reading.entry, self.present)
        if entry is not None:
            return bodies.identity(seat, entry, self.scene, self.forms)
        return self._in_office(seat)

    def _in_office(self, seat: Seat) -> Identity | None:
        """A bare name of which the report tells nothing, but the table of offices does."""
        scan, reading = self.scene.scan, seat.reading
        words = scan.words[reading.first : reading.last]
        if not 0 < len(words) <= 3 or not all(w.capital and w.text[0].isalpha() for w in words):
            return None
        name = scan.text(reading.first, reading.last)
        held = self._holder(name)
        if held is None:
            return None
        identity = persons.of_tenure(held, self.scene.date, name)
        self.keep(held, identity.name)
        return identity

    def _holder(self, name: str) -> Tenure | None:
        """Who the table of offices says that a name means."""
        return persons.office(self.offices, name, self.scene.date, present=self.present)

    def _part_of_word(self, seat: Seat) -> Entry | None:
        """The state that a mention inside a compound is: "Soviet" in "Soviet-era"."""
        reading = seat.reading
        if reading.last - reading.first != 1 or seat.span.length >= len(self.scene.scan.words[reading.first].text):
            return None
        return next(iter(Gazetteer.load().named(self.scene.text(seat.span))), None)

    def person_of(self, seat: Seat) -> int | None:
        """The person whose name is the mention, or stands in it beside an office and a comma."""
        reading, scan = seat.reading, self.scene.scan
        if reading.name is not None:
            return self.scene.person(*reading.name)
        if not any(w.text in ",(" for w in scan.words[reading.first : reading.last]):
            return None
        for at in (reading.last - 1, reading.first):
            name = scan.named[at]
            if name is not None and name in self.scene.bearer:
                return self.scene.bearer[name]
        return None

    def _unnamed(self, seat: Seat) -> Identity:
        reading, text = seat.reading, self.scene.text(seat.span)
        owner = None if reading.apart else self._owner(seat)
        if owner is not None:
            return Identity(name=text, code=owner.code, reason=owner.reason, members=owner.members, rule="owner")
        several = groups.parties(seat, text, self.referents)
        if several is not None:
            return several
        for name in reading.of:
            person = self.scene.person(*name)
            if person is not None:
                who = self.bearer(person)
                return Identity(name=text, code=who.code, reason=who.reason, rule="owner: person")
            held = self._holder(self.scene.scan.text(*name))
            if held is not None:
                return Identity(name=text, code=held.code, rule="owner: office table")
            code = self.scene.sheet.code(self.scene.scan.text(*name))
            if code and not self.scene.traces.likeness[unknown(self.scene.scan, name)]:
                return Identity(name=text, code=code, rule="place")
        code = self._placed(seat)
        if code:
            return Identity(name=text, code=code, rule="place")
        code = bodies.misspelt_in(self.scene.scan, seat.reading.first, seat.reading.last)
        if code in self.present:
            return Identity(name=text, code=code, rule=bodies.MISSPELT)
        return self.by_context(text, seat)

    def _placed(self, seat: Seat) -> str | None:
        """The state of a town or region in a mention's capitalised words, the whole of them or their first or last."""
        scan, reading = self.scene.scan, seat.reading
        first = reading.first
        while first < reading.last and not scan.words[first].capital:
            first += 1
        last = first
        while last < reading.last and scan.words[last].capital and not role(scan.words[last].key):
            last += 1
        if first == last or scan.at[first] is not None or scan.words[first].key in grammar().stop:
            return None
        if last - first == 1 and seat.role == "speaker":  # a surname: towns seldom speak
            return None
        if self.scene.traces.likeness[unknown(scan, Name(first, last))]:
            return None
        whole = self.scene.sheet.town(scan.text(first, last))
        end = last
        while end < reading.last and scan.words[end].capital:
            end += 1
        body = end - first > 2 and role(scan.words[end - 1].key)  # "Lahore High Court"
        if whole or not (body or last - first > 2):
            return whole
        ends = ((first, first + 1), (end - 2, end), (first, first + 2))
        found = (self.scene.sheet.town(scan.text(*part)) for part in ends)
        return next((code for code in found if code), None)

    def _owner(self, seat: Seat) -> Identity | None:
        """Whose the thing is: "his men", "the country's army"."""
        reading = seat.reading
        if reading.owner:
            return self._referred(reading.owner, seat)
        if reading.anaphor:
            referent = referents.taken_up(reading.anaphor, self.referents)
            return referent.identity if referent else None
        return None

    # -- context

    def by_context(self, text: str, seat: Seat, *, person: bool = False) -> Identity:
        """An identity whose code only the surroundings can tell."""
        around = self.surroundings(seat, person=person)
        chosen = self._rankers["country"].best(self._candidates(seat, around))
        label = chosen[0] if chosen else context.NONE
        if label == context.NONE:
            return Identity(name=text, reason="the report does not tell of which state", rule="context: none")
        if label.startswith(UNKNOWN):
            return Identity(name=text, reason="of a state that no table knows", rule="context: unknown state")
        return Identity(name=text, code=label, rule="context: event's place" if label in around.places else "context")

    def _candidates(self, seat: Seat, around: context.Surroundings) -> list[Option[str]]:
        """The candidates; of a people that lives in some states, those that the report speaks of, if any."""
        listed = context.options(self.scene.scan, self.scene.traces, seat, around)
        among = seat.reading.entry.among if seat.reading.entry is not None else ()
        return [option for option in listed if option.label in among] or listed

    def surroundings(self, seat: Seat, *, person: bool) -> context.Surroundings:
        """What stands around a mention."""
        places = (self._code_at(place) for trigger, _ in seat.acts for place in trigger.places[:1])
        return context.Surroundings(
            places=tuple(dict.fromkeys(code for code in places if code)),
            others=frozenset(self._parties(seat, same=False)),
            same=frozenset(self._parties(seat, same=True)),
            conflict=any(trigger.type in CONFLICT for trigger, _ in seat.acts),
            referents=tuple(self.referents[-40:]),
            outlet=self.outlet,
            person=person,
            sector=seat.sector or seat.reading.sector,
        )

    def _parties(self, seat: Seat, *, same: bool) -> set[str]:
        """Codes, where they are known, of the parties of the mention's events on its own or the other side."""
        codes = set()
        for trigger, part in seat.acts:
            near, far = (
                (trigger.actors, trigger.recipients) if part == "actor" else (trigger.recipients, trigger.actors)
            )
            for mention in near if same else far:
                known = self._found.get(mention.span) or self._plain.get(mention.span)
                if known is not None and known.code and mention.span != seat.span:
                    codes.add(known.code)
        return codes

    def _code_at(self, place: Span) -> str | None:
        for hit in self.scene.scan.hits_in(*self.scene.scan.reach(place)):
            return hit.entry.code
        return self.scene.sheet.code(self.scene.text(place))

    # -- pronouns

    def _pronoun(self, seat: Seat, pronoun: str) -> Identity:
        identity = self._referred(pronoun, seat)
        if identity is None:
            guess = self.by_context(self.scene.text(seat.span), seat)
            return replace(guess, rule=f"pronoun, {guess.rule}", sector=seat.sector)
        rule = "speaker" if pronoun[0] in "12" else "pronoun"
        return replace(identity, rule=rule, sector=identity.sector or seat.sector)

    def _referred(self, pronoun: str, seat: Seat) -> Identity | None:
        if pronoun[0] in "12":
            return self._speaker(seat)
        chosen = self._rankers["antecedent"].best(self.antecedents(pronoun, seat))
        return self.referents[chosen[0]].identity if chosen else None

    def antecedents(self, pronoun: str, seat: Seat) -> list[Option[int]]:
        """Whom a pronoun may take up, as indexes of `referents`."""
        quoted = self.in_quotation(seat.span)
        listed = coreference.options(pronoun, seat.span, seat.sentence, seat.role, quoted, self.referents)
        if _may_return(self.scene.text(seat.span)):
            return listed
        return [o for o in listed if not self._opposes(self.referents[o.label], seat)]

    def _opposes(self, referent: Referent, seat: Seat) -> bool:
        """Whether a referent stands on the other side of an act of the mention, there or by another mention."""
        for trigger, part in seat.acts:
            for mention in trigger.recipients if part == "actor" else trigger.actors:
                known = self._found.get(mention.span) or self._plain.get(mention.span)
                if mention.span == Span(referent.start, referent.end) or referent.identity == known:
                    return True
        return False

    def _speaker(self, seat: Seat) -> Identity | None:
        """Who says "we": the speaker of the words around, else whoever spoke last."""
        attribution = coreference.speaker_at(self.scene.annotated.attributions, seat.span)
        for mention in attribution.speakers if attribution else ():
            known = self._found.get(mention.span) or self._ahead(mention.span)
            if known is not None:
                return known
        return next((r.identity for r in reversed(self.referents) if r.role in ("speaker", "actor")), None)

    def _ahead(self, span: Span) -> Identity | None:
        """A speaker who stands behind the words ("We will go on," said the minister)."""
        seat = next((s for s in self.scene.seats if s.span == span), None)
        return self._identify(seat) if seat is not None and seat.reading.pronoun is None else None


def _may_return(words: str) -> bool:
    """Whether a mention may be who stands on the other side of its own act: "itself", "its men", "which", but not "it".

    >>> _may_return("them"), _may_return("themselves"), _may_return("their troops")
    (False, True, True)
    """
    word = words.casefold()
    return grammar().pronoun.get(word, "rel") == "rel" or word.endswith(("self", "selves"))


def _coalition(head: str | None, scan: Scan, first: int, last: int) -> bool:
    """Whether a phrase is the ad hoc coalition of states: "the Coalition", "coalition aircraft"."""
    keys = [w.key for w in scan.words[first:last] if w.key not in ("the", "a")]
    return bool(keys) and keys[0] == "coalition" and (len(keys) == 1 or keys[1] in grammar().coalition)
