"""The record beside the text of a page: one card an item, each with a link to the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tensionwire.exchange import outline
from tensionwire.exchange.markup import Markup, el, join
from tensionwire.records import Actor, AgendaItem, Claim, CustomEvent, Event, Figure, KnownActor, Record, Relation


def cards(record: Record, prefix: str) -> Iterator[Markup]:
    """The sections of the panel, empty ones left out. Ids of anchors begin with `prefix`."""
    ids = _anchors(record, prefix)
    yield from _section("Who", list(_who(record, prefix)))
    yield from _section("Events", [_event(n, e, prefix, ids) for n, e in enumerate(record.events, 1)], _tally(record))
    yield from _section("Claims", list(_claims(record, prefix, ids)))
    yield from _section("Figures", [*_figures(record, prefix, ids)])
    yield from _section("Relations", [_relation(n, r, prefix) for n, r in enumerate(record.relations, 1)])
    yield from _section("Agenda", [_agenda(n, a, prefix, ids) for n, a in enumerate(record.agenda, 1)])
    yield from _section("Your types", [_custom(n, e, prefix, ids) for n, e in enumerate(record.custom, 1)])
    yield from _section("Not resolved", [_gap(gap, ids) for gap in outline.gaps(record)])


def _anchors(record: Record, prefix: str) -> dict[str, str]:
    """For the id of an event or claim, the anchor of its card."""
    events = {event.id: f"{prefix}e{n}" for n, event in enumerate(record.events, 1)}
    return events | {claim.id: f"{prefix}c{n}" for n, claim in enumerate(record.claims, 1)}


def _section(title: str, rows: list[Markup], aside: Markup | None = None) -> Iterator[Markup]:
    if rows:
        yield el("section", el("h2", title, " ", aside), *rows, class_=title.lower().replace(" ", "-"))


def _tally(record: Record) -> Markup:
    counts = {quad: sum(event.quad == quad for event in record.events) for quad in outline.QUADS}
    return el("span", *(
        el("span", f"{shown.sign} {counts[quad]} {shown.name}", class_=f"q{quad}")
        for quad, shown in outline.QUADS.items() if counts[quad]
    ), class_="tally")  # fmt: skip


def _card(item: str, prefix: str, *inside: str | None, kind: str = "") -> Markup:
    return el("div", *inside, id=prefix + item, class_=f"card to-{item} {kind}".rstrip())


def _id(item: str, prefix: str) -> Markup:
    return el("a", item, href=f"#{prefix}t-{item}", class_="id", title="Show in the text")


def _line(*parts: str | None, class_: str | None = None) -> Markup:
    return el("p", join([part for part in parts if part], " "), class_=class_)


def _who(record: Record, prefix: str) -> Iterator[Markup]:
    number = {id(actor): n for n, actor in enumerate(record.actors, 1)}
    for code, actors in outline.by_code(record.actors).items():
        named = join([_known(number[id(actor)], actor, prefix) for actor in actors], " ")
        yield el("div", el("code", code), el("div", named), class_="camp")


def _known(n: int, actor: KnownActor, prefix: str) -> Markup:
    places = [
        el("a", str(nth), href=f"#{prefix}t-w{n}-{nth}", title="Show in the text")
        for nth in range(1, len(actor.mentions) + 1)
    ]
    about = ", ".join(part for part in (actor.office, *actor.members) if part)
    told = join([el("b", actor.name), f" {about}" if about else None, el("span", *places, class_="mentions")])
    return el("span", told, id=f"{prefix}w{n}", class_=f"known to-w{n}")


def _actors(actors: Iterable[Actor]) -> Markup:
    shown = [join([el("b", outline.name_of(a)), " ", el("code", outline.code_of(a))]) for a in actors]
    return join(shown, ", ") if shown else el("span", "–", class_="faint")


def _event(n: int, event: Event, prefix: str, ids: dict[str, str]) -> Markup:
    shown = outline.QUADS[event.quad]
    title = _line(
        _id(f"e{n}", prefix), el("span", shown.sign, class_="sign", title=shown.name), el("b", event.type),
        event.mode, el("span", event.status, class_=f"status {event.status}"),
        el("span", f"{event.score:+.1f}", class_="score", title="PLOVER score"), class_="title",
    )  # fmt: skip
    who = _line(_actors(event.actor), "→", _actors(event.recipient), class_="who-whom")
    again = join(["the same act as ", _to(event.same_as, ids)]) if event.same_as else None
    facts = join([p for p in (
        outline.period(event.date) if event.date else el("i", "no date"), _where(event), *event.contexts,
        f"CAMEO {event.cameo}" if event.cameo else None, f"{event.confidence:.0%} sure", event.made_by, again,
    ) if p], " · ")  # fmt: skip
    return _card(f"e{n}", prefix, title, who, el("p", facts, class_="facts"), kind=f"q{event.quad}")


def _custom(n: int, event: CustomEvent, prefix: str, ids: dict[str, str]) -> Markup:
    status = el("span", event.status, class_=f"status {event.status}")
    title = _line(_id(f"x{n}", prefix), el("b", event.type), status, class_="title")
    who = _line(_actors(event.actor), "→", _actors(event.recipient), class_="who-whom")
    also = join(["told as ", _to(event.event, ids)]) if event.event else None
    facts = join([p for p in (
        outline.period(event.date) if event.date else el("i", "no date"), _where(event), event.ontology,
        f"{event.confidence:.0%} sure", event.made_by, also,
    ) if p], " · ")  # fmt: skip
    return _card(f"x{n}", prefix, title, who, el("p", facts, class_="facts"))


def _where(event: Event | CustomEvent) -> str:
    if event.where is None:
        return event.place or el("i", "no place")
    parts = dict.fromkeys((event.where.name, event.where.region, event.where.code))
    return ", ".join(part for part in parts if part)


def _to(id: str | None, ids: dict[str, str]) -> Markup | None:
    """A link to a card where there is one."""
    if id is None:
        return None
    return el("a", id, href=f"#{ids[id]}") if id in ids else join([id])


def _claims(record: Record, prefix: str, ids: dict[str, str]) -> Iterator[Markup]:
    disputed = outline.disputed_by(record.claims)
    number = {id(claim): n for n, claim in enumerate(record.claims, 1)}
    for speaker, claims in outline.by_speaker(record.claims):
        if speaker is None:
            yield el("h3", "nobody named")
        else:
            code = el("code", outline.code_of(speaker))
            yield el("h3", outline.name_of(speaker), " ", code, " ", el("small", speaker.office or ""))
        for claim in claims:
            yield _claim(number[id(claim)], claim, record, prefix, ids, disputed)


def _claim(
    n: int, claim: Claim, record: Record, prefix: str, ids: dict[str, str], disputed: outline.Disputes
) -> Markup:
    cue = el("span", f"[{claim.cue or 'goes on'}]", class_="faint")
    said = el("q", claim.content) if claim.form == "direct" else claim.content
    stance = el("span", claim.stance, class_=f"stance {claim.stance}")
    told = [
        join([words, " ", join([_to(i, ids) for i in found], ", ")]) for words, found in outline.links(claim, disputed)
    ]
    if backing := outline.evidence(claim):
        proof = claim.evidence_span
        told.append(join([backing, *([": ", el("q", proof.of(record.text))] if proof else [])]))
    facts = join([*told, f"{claim.confidence:.0%} sure"], " · ")
    return _card(f"c{n}", prefix, _line(_id(f"c{n}", prefix), stance, said, cue), el("p", facts, class_="facts"))


def _figures(record: Record, prefix: str, ids: dict[str, str]) -> Iterator[Markup]:
    for n, figure in enumerate(record.figures, 1):
        yield _figure(n, figure, prefix, ids)
    for group in outline.differing(record.figures):
        counts = " against ".join(f"{outline.bounds(f)} ({f.id})" for f in group)
        yield _line("Counts differ:", counts, group[0].what, class_="differ")


def _figure(n: int, figure: Figure, prefix: str, ids: dict[str, str]) -> Markup:
    about = join(["about ", _to(figure.event, ids)]) if figure.event else None
    row = (_id(f"f{n}", prefix), el("b", outline.bounds(figure)), figure.what, el("q", figure.text), about)
    return _card(f"f{n}", prefix, _line(*row))


def _relation(n: int, relation: Relation, prefix: str) -> Markup:
    tie = el("b", f"{relation.a} {'+' if relation.sign == '+' else '−'} {relation.b}", class_="tie")
    names = " and ".join(name for name in (relation.a_name, relation.b_name) if name)
    quoted, named = el("q", relation.text), el("span", names, class_="faint")
    return _card(f"r{n}", prefix, _line(_id(f"r{n}", prefix), tie, quoted, named))


def _agenda(n: int, item: AgendaItem, prefix: str, ids: dict[str, str]) -> Markup:
    when = el("b", outline.period(item.when)) if item.when else el("i", "no date")
    row = _line(_id(f"a{n}", prefix), when, item.status, ", ".join(item.who), item.where)
    link = join(["is ", _to(item.event, ids)]) if item.event else None
    return _card(f"a{n}", prefix, row, _line(el("q", item.text), link, class_="facts"))


def _gap(gap: outline.Gap, ids: dict[str, str]) -> Markup:
    return _line(el("b", gap.what), gap.reason, join([_to(i, ids) for i in gap.ids], ", "))
