"""The passages of a briefing: an incident, its accounts and counts, an appointment. All text is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from tensionwire.brief.agenda import Appointment
from tensionwire.brief.briefing import Matter, day_of
from tensionwire.exchange.markup import Markup, el, join
from tensionwire.exchange.outline import QUADS, period
from tensionwire.link.accounts import Account, Voice
from tensionwire.link.figures import History, Reading
from tensionwire.records import Party, Record, Telling

Shown = Callable[[tuple[str, Record]], Markup]
Records = Mapping[str, Record]
_OTHERS: Final = 8  # further sentences of one incident


def linked(words: str, url: str | None) -> Markup:
    """The words, as a link where the address is one of the web."""
    if url and url.lower().startswith(("http://", "https://")):
        return el("a", words, href=url, rel="noreferrer noopener")
    return join([words])


def quote(sentence: str, outlet: str | None, published: str | None, report: str, url: str | None) -> Markup:
    """A sentence and where it stands."""
    about = " · ".join(part for part in (outlet or "outlet not known", (published or "no day")[:10]) if part)
    return el(
        "blockquote", f"“{sentence.strip()}”", el("cite", linked(about, url), " · ", _to(report), class_="source")
    )


def _to(report: str) -> Markup:
    return el("a", report, href=f"#source-{report}")


def telling_quote(told: Telling, records: Records) -> Markup | None:
    """The sentence of a telling; None for a row of a table, which has none."""
    if not told.sentence:
        return None
    record = records.get(told.report)
    return quote(told.sentence, told.outlet, told.published, told.report, record.url if record else None)


def within_fortnight(matter: Matter, day: str) -> bool:
    """True for an incident of the fortnight that begins on a day."""
    own = day_of(matter.incident)[:10]
    return len(own) == 10 and 0 <= (date.fromisoformat(own) - date.fromisoformat(day)).days < 14


def names(parties: Iterable[Party]) -> str:
    """Who, in words."""
    return ", ".join(dict.fromkeys(party.name or party.code or "somebody" for party in parties)) or "somebody"


def some(number: int, noun: str) -> str:
    """A number of things.

    >>> some(1, "origin"), some(12, "outlet")
    ('1 origin', '12 outlets')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _heading(matter: Matter) -> Markup:
    told = matter.head
    quad = QUADS[told.quad]
    whom = f" → {names(told.recipient)}" if told.recipient else ""
    sign = el("span", quad.sign, class_="sign", title=quad.name)
    return el("h3", sign, f"{names(told.actor)}{whom}: {told.type}", class_=f"q{told.quad}")


def _facts(matter: Matter) -> Markup:
    told, incident = matter.head, matter.incident
    when = period(told.first if told.first == told.last else f"{told.first}/{told.last}") if told.first else "no date"
    counted = f"{some(len(incident.outlets), 'outlet')}, {some(len(incident.origins), 'origin')}"
    facts = (
        when,
        told.place,
        told.mode,
        counted,
        f"weight {matter.weight:+.3f}" if matter.weight else None,
        incident.id,
    )
    return el("p", el("span", told.status, class_="tag"), " ", " · ".join(f for f in facts if f), class_="meta")


def incident(matter: Matter, records: Records) -> Markup:
    """One incident with the sentences that tell it, one an origin."""
    told = list(_one_an_origin(matter))
    quotes = [telling_quote(one, records) for one in told]
    more = quotes[1 : 1 + _OTHERS]
    folded = el("details", el("summary", f"{len(more)} more of {len(told) - 1}"), *more) if more else None
    links = [
        el("a", "accounts", href=f"#accounts-{matter.incident.id}") if matter.disputed else None,
        el("a", "counts", href=f"#counts-{matter.incident.id}") if matter.counts else None,
    ]
    where = el("p", join(links, " "), class_="source") if any(links) else None
    return el(
        "div", el("div", _heading(matter), class_=f"q{matter.head.quad}"), _facts(matter), quotes[0], folded, where,
        class_="item", id=f"incident-{matter.incident.id}",
    )  # fmt: skip


def _one_an_origin(matter: Matter) -> Iterator[Telling]:
    """The telling to show first, then the first of each other origin."""
    head = matter.head
    seen = {head.origin or head.report}
    yield head
    for told in matter.incident.tellings:
        if (told.origin or told.report) not in seen and told.sentence:
            seen.add(told.origin or told.report)
            yield told


def accounts(matter: Matter, records: Records) -> Markup:
    """The accounts of an incident side by side: who holds which, and who denies it."""
    stands = [_stand(account, records) for account in matter.accounts]
    return el(
        "div", _about(matter), el("div", *stands, class_="pair"), class_="item", id=f"accounts-{matter.incident.id}"
    )


def _about(matter: Matter) -> Markup:
    told = matter.head
    about = " · ".join(part for part in (told.first, told.place) if part)
    link = el("a", f"{names(told.actor)}: {told.type}", href=f"#incident-{matter.incident.id}")
    return el("h3", link, f" {about}" if about else None)


def _stand(account: Account, records: Records) -> Markup:
    held = [_voice(voice, records) for voice in _first_of_each(account.holders)]
    denied = [_voice(voice, records) for voice in _first_of_each(account.deniers)]
    against = [el("p", el("span", "denied by", class_="tag denies")), *denied] if denied else []
    return el("div", el("h3", account.stand), *held, *against, class_="stand")


def _first_of_each(voices: Iterable[Voice]) -> list[Voice]:
    """One voice a speaker, the first."""
    once: dict[tuple[str | None, str | None], Voice] = {}
    for voice in voices:
        who = (voice.speaker.name, voice.speaker.code) if voice.speaker else (None, voice.origin or voice.report)
        once.setdefault(who, voice)
    return list(once.values())


def _voice(voice: Voice, records: Records) -> Markup:
    record = records.get(voice.report)
    speaker = (voice.speaker.name or voice.speaker.code or "somebody") if voice.speaker else "the report itself"
    since = f", since {voice.since}" if voice.since else ""
    said = f" ({voice.stance})" if voice.claim and voice.stance != "asserts" else ""
    shown = quote(voice.words, voice.outlet, voice.since, voice.report, record.url if record else None)
    return join([el("p", el("b", speaker), f"{since}{said}", class_="meta"), shown])


def counts(matter: Matter) -> Markup:
    """The counts of an incident as they were given, none of them averaged."""
    tables = [_history(one) for one in matter.counts]
    return el("div", _about(matter), *tables, class_="item", id=f"counts-{matter.incident.id}")


def _history(one: History) -> Markup:
    heads = [el("th", name) for name in ("as of", one.what or "count", "", "in whose words", "source")]
    return el("table", el("thead", el("tr", *heads)), el("tbody", *map(_reading, one.readings)))


def _reading(one: Reading) -> Markup:
    low = "?" if one.low is None else f"{one.low:,g}"
    high = "" if one.high == one.low else ("+" if one.high is None else f"–{one.high:,g}")
    speaker = (one.speaker.name or one.speaker.code or "somebody") if one.speaker else "the report"
    change = one.change if one.change not in ("first", "same") else ""
    cells = [
        el("td", (one.as_of or "no day")[:10]), el("td", low + high, class_="number"),
        el("td", " ".join(part for part in (change, one.kind if one.kind != "single" else "") if part)),
        el("td", f"{speaker}: “{one.wording}”"), el("td", one.outlet or "", " ", _to(one.report)),
    ]  # fmt: skip
    return el("tr", *cells)


def appointment(one: Appointment) -> Markup:
    """Something to come, and what became of it."""
    when = period(one.first if one.first == one.last else f"{one.first}/{one.last}") if one.first else "no date"
    who = f"{', '.join(one.who)}: " if one.who else ""
    name = el("h3", f"{when} ", el("span", one.state, class_=f"tag {one.state}"), f" {who}{one.text}")
    source = one.sources[0]
    said = quote(one.sentence, source.outlet, source.published, source.report, source.url)
    told = one.outcome.telling
    shown = one.outcome.state in ("held", "moved", "cancelled") and told is not None and told.sentence != one.sentence
    became = quote(told.sentence, told.outlet, told.published, told.report, None) if shown and told else None
    return el("div", name, el("p", one.where, class_="meta") if one.where else None, said, became, class_="item")
