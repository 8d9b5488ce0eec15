"""What a rule finds in the ledger: alerts, each with the words that prove it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tensionwire.brief.agenda import appointments
from tensionwire.brief.rules import Rule
from tensionwire.errors import UsageError
from tensionwire.ledger import Filter, Ledger, ReportedClaim, ReportedFigure, Source
from tensionwire.measure.changes import Change
from tensionwire.measure.contributions import Question
from tensionwire.measure.definitions import Definitions
from tensionwire.measure.issues import Issue, issue
from tensionwire.measure.series import Series, tension
from tensionwire.measure.sides import Side, side
from tensionwire.records import Incident, Telling

APART: Final = 10  # days within which two change points of one direction are one: it moves as more is known
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence that proves something, and where it stands."""

    sentence: str
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something to be told of once. `id` never changes for the same thing found by the same rule.

    `family` and `day` tell a thing whose day may move a little as more is known; `about` is a key of the ledger.
    """

    id: str
    rule: str
    kind: str
    title: str
    text: str = ""
    quotes: tuple[Quote, ...] = ()
    about: str | None = None
    family: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where rules look: a ledger on an ISO day, and the user's own blocs and issues."""

    ledger: Ledger
    today: str
    own: Definitions = Definitions(blocs={}, issues={})  # noqa: RUF009 - frozen

    def who(self, name: str) -> Side | str:
        """The side of a name; a name that only the ledger may know stays one."""
        try:
            return side(name, own=self.own.blocs)
        except UsageError:
            return name

    def issue(self, name: str | None) -> Issue | None:
        """The issue of a name; raises `UsageError` where there is none."""
        return issue(name, self.own.issues) if name else None


def found(rule: Rule, ground: Ground) -> list[Alert]:
    """All that a rule finds, told before or not. Raises `TensionwireError` where it asks for what is not known."""
    finders: Mapping[str, Callable[[Rule, Ground], Iterable[Alert]]] = {
        "change": _changes, "denial": _denials, "count": _counts, "agenda": _agenda, "incident": _incidents,
    }  # fmt: skip
    once = {alert.id: alert for alert in finders[rule.kind](rule, ground)}
    return list(once.values())


def _filter(rule: Rule, ground: Ground, status: str | None = None) -> Filter:
    pair = (ground.who(rule.pair[0]), ground.who(rule.pair[1])) if rule.pair else None
    return Filter(
        actor=ground.who(rule.actor) if rule.actor else None, pair=pair, issue=ground.issue(rule.issue),
        type=rule.type, place=rule.place, outlet=rule.outlet, confidence=rule.confidence, status=status or rule.status,
    )  # fmt: skip


def _id(rule: Rule, *parts: object) -> str:
    words = "\n".join([rule.name, rule.kind, *map(str, parts)])
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:24]


# -- change points ----------------------------------------------------------------------------------------------------


def series(rule: Rule, ground: Ground) -> Series:
    """The daily series of the rule's pair over the whole ledger."""
    assert rule.pair is not None
    a, b = (side(name, own=ground.own.blocs) for name in rule.pair)
    incidents = ground.ledger.incidents(Filter(pair=(a, b)))
    return tension(incidents, Question(a=a, b=b, issue=ground.issue(rule.issue)), ground.ledger.coverage())


def _changes(rule: Rule, ground: Ground) -> Iterator[Alert]:
    found = series(rule, ground)
    if not found.points:
        return
    oldest = (date.fromisoformat(found.points[-1].date) - timedelta(seconds=rule.newest)).isoformat()
    over = f" over {found.issue}" if found.issue else ""
    for change in found.changes:
        if change.date < oldest or change.confidence < rule.least or rule.direction not in ("both", change.direction):
            continue
        yield Alert(
            id=_id(rule, found.a, found.b, found.issue, change.date, change.direction),
            rule=rule.name, kind="change",
            title=f"{found.a}–{found.b}: tension {change.direction}{over} from {change.date}",
            text=f"Change point on {change.date}, {change.confidence:.0%} sure.",
            quotes=tuple(_strongest(found, change)),
            family=f"{found.a} {found.b} {found.issue} {change.direction}", day=change.date,
        )  # fmt: skip


def _strongest(found: Series, change: Change) -> Iterator[Quote]:
    """The sentences that weigh most in the fortnight that a change begins."""
    last = (date.fromisoformat(change.date) + timedelta(days=13)).isoformat()
    parts = [part for day, these in found.parts.items() if change.date <= day <= last for part in these]
    wanted = 1 if change.direction == "rises" else -1
    parts.sort(key=lambda part: -wanted * part.value)
    seen: set[str] = set()
    for part in parts:
        if wanted * part.value > 0 and part.incident not in seen and len(seen) < _SHOWN and part.telling.sentence:
            seen.add(part.incident)
            yield _told(part.telling)


# -- claims, counts, agenda, incidents --------------------------------------------------------------------------------


def _denials(rule: Rule, ground: Ground) -> Iterator[Alert]:
    """Denials, the first of a speaker on one incident: fifty reports of it are one."""
    claims = sorted(ground.ledger.claims(_filter(rule, ground, "denies")), key=lambda one: one.source.known_at)
    for one in claims:
        who = _speaker(one)
        thing = one.incident or f"{one.source.origin or one.source.report} {one.claim.content}"
        yield Alert(
            id=_id(rule, thing, who), rule=rule.name, kind="denial", title=f"{who} denies: {_short(one.claim.content)}",
            quotes=(_quote(one.source, one.sentence),), about=one.incident,
        )  # fmt: skip


def _speaker(one: ReportedClaim) -> str:
    speaker = one.claim.speaker
    return (speaker.name or speaker.text) if speaker else "somebody"


def _counts(rule: Rule, ground: Ground) -> Iterator[Alert]:
    """Counts that are higher than all before of the same thing, by the factor that is asked for."""
    groups: dict[tuple[str, str], list[ReportedFigure]] = {}
    for one in ground.ledger.figures(_filter(rule, ground)):
        if one.incident and one.figure.what:
            groups.setdefault((one.incident, one.figure.what), []).append(one)
    for (incident, what), figures in groups.items():
        figures.sort(key=lambda one: (one.source.published or "", one.source.known_at))
        before = 0.0
        for one in figures:
            low, high = one.figure.low, one.figure.high
            least = low if low is not None else 0
            if before and least >= rule.at_least and least >= rule.factor * before:
                yield _jump(rule, one, incident, what, before, least)
            before = max(before, least, high or 0)


def _jump(rule: Rule, one: ReportedFigure, incident: str, what: str, before: float, now: float) -> Alert:
    return Alert(
        id=_id(rule, incident, what, now), rule=rule.name, kind="count", about=incident,
        title=f"{what}: {one.figure.text}, up from {before:g}", quotes=(_quote(one.source, one.sentence),),
    )  # fmt: skip


def _agenda(rule: Rule, ground: Ground) -> Iterator[Alert]:
    for one in appointments(ground.ledger, _filter(rule, ground), today=ground.today):
        if one.state not in rule.outcomes:
            continue
        quotes = [_quote(one.sources[0], one.sentence)]
        if one.outcome.telling is not None:
            quotes.append(_told(one.outcome.telling))
        who = f"{', '.join(one.who)}: " if one.who else ""
        yield Alert(
            id=_id(rule, one.uid, one.state, one.first if one.state == "moved" else ""), rule=rule.name, kind="agenda",
            title=f"{one.state}: {who}{_short(one.text)} ({one.first or 'no date'})", quotes=tuple(quotes),
        )  # fmt: skip


def _incidents(rule: Rule, ground: Ground) -> Iterator[Alert]:
    for incident in ground.ledger.incidents(_filter(rule, ground)):
        yield Alert(
            id=_id(rule, incident.id), rule=rule.name, kind="incident", title=_headline(incident), about=incident.id,
            text=f"{len(incident.outlets)} outlets, {len(incident.origins)} origins.",
            quotes=tuple(_told(telling) for telling in incident.tellings[:1]),
        )  # fmt: skip


def _headline(incident: Incident) -> str:
    telling = incident.tellings[0]
    who = ", ".join(party.name or party.code or "?" for party in telling.actor) or "somebody"
    whom = ", ".join(party.name or party.code or "?" for party in telling.recipient)
    facts = " ".join(part for part in (telling.place, telling.first) if part)
    return f"{telling.type}: {who}{f' → {whom}' if whom else ''}{f' ({facts})' if facts else ''}"


def _short(text: str, size: int = 120) -> str:
    return text if len(text) <= size else f"{text[:size].rpartition(' ')[0] or text[:size]} …"


def _quote(source: Source, sentence: str) -> Quote:
    return Quote(
        sentence=sentence, outlet=source.outlet, published=source.published, url=source.url, report=source.report
    )


def _told(telling: Telling) -> Quote:
    return Quote(sentence=telling.sentence, outlet=telling.outlet, published=telling.published, report=telling.report)
