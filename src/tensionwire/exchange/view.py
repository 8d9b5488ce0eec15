"""The record as a page in a terminal, 60 to 140 columns wide, with colour or without."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tensionwire.exchange import outline
from tensionwire.exchange.plain import line
from tensionwire.records import Actor, AgendaItem, Claim, CustomEvent, Event, Figure, Record, Relation, Span

COLOURS: Final = {1: "cyan", 2: "green", 3: "yellow", 4: "red"}
ColourSystem = Literal["auto", "standard", "256", "truecolor", "windows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the page is drawn on: its width in columns, and whether styles will be seen."""

    width: int = 100
    colour: ColourSystem | None = None

    @property
    def wide(self) -> bool:
        """True when a row has room for everything on one line."""
        return self.width >= 130


def pages(records: Iterable[Record], *, width: int = 100, colour: ColourSystem | None = None) -> Iterator[str]:
    """One page a record. Every word of a report is shown with its control characters made harmless."""
    sheet = Sheet(width=max(60, min(width, 140)), colour=colour)
    for count, record in enumerate(records):
        yield ("\n\n" if count else "") + page(record, sheet)


def page(record: Record, sheet: Sheet) -> str:
    """The page of one record."""
    out = io.StringIO()
    console = Console(
        file=out, width=sheet.width, color_system=sheet.colour, force_terminal=sheet.colour is not None,
        no_color=sheet.colour is None, highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for part in _parts(record, sheet):
        console.print(part)
    return "\n".join(row.rstrip() for row in out.getvalue().splitlines()) + "\n"


def _parts(record: Record, sheet: Sheet) -> Iterator[RenderableType]:
    yield _header(record)
    yield from _section("WHO", [_who(record, sheet)] if record.actors else [], sheet)
    yield from _section("EVENTS", list(_events(record, sheet)), sheet, _tally(record, sheet))
    yield from _section("CLAIMS", list(_claims(record, sheet)), sheet)
    yield from _section("FIGURES", _figures(record), sheet)
    yield from _section("RELATIONS", [_relation(record, r) for r in record.relations], sheet)
    yield from _section("AGENDA", [_agenda(record, a, sheet) for a in record.agenda], sheet)
    yield from _section("YOUR TYPES", [_custom(record, c, sheet) for c in record.custom], sheet)
    yield from _section("NOT RESOLVED", list(_gaps(record)), sheet)
    yield Text()
    yield _small(f"{record.doc_id}  sha256 {record.content_hash[:16]}…  {record.coder}")


def _section(
    title: str, rows: list[RenderableType], sheet: Sheet, aside: Text | None = None
) -> Iterator[RenderableType]:
    if not rows:
        return
    aside = aside or Text()
    rule = "─" * max(2, sheet.width - len(title) - aside.cell_len - (3 if aside.cell_len else 1))
    yield Text()
    yield Text.assemble((title, "bold"), " ", (rule, "bright_black"), " " if aside.cell_len else "", aside)
    yield from rows


def _header(record: Record) -> RenderableType:
    day = record.published or f"no day of publication ({record.published_reason or 'not given'})"
    credit = "with " + ", ".join(record.agencies) if record.agencies else None
    about = [record.outlet, day[:10] if record.published else day, record.byline, record.language, credit]
    rows = [
        Text(line(record.title or record.doc_id), "bold"),
        Text("  ·  ".join(line(part) for part in about if part)),
    ]
    rows += [_small(record.url or record.source)] if record.url or record.source else []
    rows += [Text(f"! {line(note)}", "bold yellow") for note in record.notes]
    return Group(*rows)


def _who(record: Record, sheet: Sheet) -> RenderableType:
    grid = _grid(9, None)
    for code, actors in outline.by_code(record.actors).items():
        names = Text(" · ").join(
            Text.assemble(
                line(actor.name), (f", {line(actor.office)}" if actor.office else "", "italic"),
                (f" ×{len(actor.mentions)}" if len(actor.mentions) > 1 else "", "bright_black"),
            )
            for actor in actors
        )  # fmt: skip
        grid.add_row(Text(code, "bold" if code[0] != "-" else "bright_black"), names)
    return grid


def _tally(record: Record, sheet: Sheet) -> Text:
    counts = {quad: sum(event.quad == quad for event in record.events) for quad in outline.QUADS}
    for named in (True, False):
        parts = [
            Text(f"{shown.sign} {shown.name if named else ''} {counts[quad]}".replace("  ", " "), COLOURS[quad])
            for quad, shown in outline.QUADS.items()
            if counts[quad]
        ]
        tally = Text("  ").join(parts)
        if tally.cell_len < sheet.width - len("EVENTS -- "):
            break
    return tally


def _events(record: Record, sheet: Sheet) -> Iterator[RenderableType]:
    if record.events:
        grid = _event_grid(sheet)
        heads = ["", "act", "who → whom", "when", "where", "status", "score, sure"]
        if not sheet.wide:
            heads = ["", "act", "who → whom", "when, where", "status"]
        grid.add_row(*(_small(head) for head in heads))
        yield grid
    for event in record.events:
        yield _event(record, event, sheet)


def _event_grid(sheet: Sheet) -> Table:
    return _grid(4, 23, None, 14, 24, 12, 11) if sheet.wide else _grid(4, 15, None, 18, 12)


def _event(record: Record, event: Event, sheet: Sheet) -> RenderableType:
    colour, sign = COLOURS.get(event.quad, ""), outline.QUADS[event.quad].sign
    kind = Text.assemble(
        (f"{sign} {event.type}", f"bold {colour}"),
        ((" " if sheet.wide else "\n  ") + event.mode if event.mode else "", colour),
    )
    when = outline.period(event.date) if event.date else "no date"
    where = event.where.name if event.where else event.place
    place = Text(line(where) if where else "no place", "" if where else "bright_black")
    if event.where and event.where.code:
        place.append(f" {line(event.where.code)}", "bright_black")
    status = Text(event.status, "bright_black" if event.status == "actual" else "bold italic")
    weight = f"{event.score:+.1f} {event.confidence:4.0%}"
    who = Text.assemble(_actors(event.actor), (" → ", "bold"), _actors(event.recipient))
    date = Text(line(when), "" if event.date else "bright_black")
    grid = _event_grid(sheet)
    if sheet.wide:
        grid.add_row(_id(event.id), kind, who, date, place, status, _small(weight))
    else:
        grid.add_row(_id(event.id), kind, who, _lines(date, place), _lines(status, _small(weight)))
    again = [_indent(_small(f"the same act as {line(event.same_as)}"))] if event.same_as else []
    return Group(grid, _indent(_evidence(record, event.s, event.trigger_span, sheet, colour)), *again)


def _evidence(record: Record, s: int, focus: Span, sheet: Sheet, colour: str) -> Text:
    within = record.sentences[s] if s < len(record.sentences) else Span(0, len(record.text))
    before, words, after = outline.excerpt(record.text, within, focus, 2 * (sheet.width - 8))
    mark = ("", "") if sheet.colour else ("‹", "›")
    return Text.assemble(
        (_flow(before), "bright_black"), (mark[0] + line(words) + mark[1], f"bold underline {colour}"),
        (_flow(after), "bright_black"),
    )  # fmt: skip


def _claims(record: Record, sheet: Sheet) -> Iterator[RenderableType]:
    disputed = outline.disputed_by(record.claims)
    for speaker, claims in outline.by_speaker(record.claims):
        yield Text.assemble(
            (line(outline.name_of(speaker)) if speaker else "nobody named", "bold"),
            (f"  {line(outline.code_of(speaker))}" if speaker else "", "bright_black"),
            (f"  {line(speaker.office)}" if speaker and speaker.office else "", "italic"),
        )
        for claim in claims:
            yield _claim(record, claim, disputed)


def _claim(record: Record, claim: Claim, disputed: outline.Disputes) -> RenderableType:
    firm = claim.stance == "asserts"
    quote = ("“", "”") if claim.form == "direct" else ("", "")
    cue = f"  [{line(claim.cue) if claim.cue else 'goes on'}]"
    said = Text.assemble(quote[0], line(claim.content), quote[1], (cue, "bright_black"))
    told = [Text(f"{words} {line(', '.join(ids))}", "magenta") for words, ids in outline.links(claim, disputed)]
    if backing := outline.evidence(claim):
        proof = f": “{line(claim.evidence_span.of(record.text))}”" if claim.evidence_span else ""
        told.append(Text(backing + proof, "magenta"))
    grid = _grid(4, 8, None)
    stance = Text(claim.stance, "bright_black" if firm else "bold")
    grid.add_row(_id(claim.id), stance, _lines(said, Text(" · ").join(told)) if told else said)
    return _indent(grid, 1)


def _figures(record: Record) -> list[RenderableType]:
    rows: list[RenderableType] = [_figure(record, figure) for figure in record.figures]
    for group in outline.differing(record.figures):
        counts = " against ".join(f"{outline.bounds(f)} ({line(f.id)})" for f in group)
        rows.append(_indent(Text(f"counts differ: {counts} {line(group[0].what or '')}", "magenta")))
    return rows


def _figure(record: Record, figure: Figure) -> RenderableType:
    grid = _grid(4, 15, 12, None)
    about = f"  about {line(figure.event)}" if figure.event else ""
    words = Text.assemble("“", line(figure.text), "”", (about, "magenta"))
    grid.add_row(_id(figure.id), Text(outline.bounds(figure), "bold"), Text(line(figure.what or "")), words)
    return grid


def _relation(record: Record, relation: Relation) -> RenderableType:
    grid = _grid(4, 15, None)
    tie = Text.assemble(
        (line(relation.a), "bold"),
        (f" {relation.sign} ", "bold green" if relation.sign == "+" else "bold red"),
        (line(relation.b), "bold"),
    )
    names = " and ".join(line(name) for name in (relation.a_name, relation.b_name) if name)
    grid.add_row(_id(relation.id), tie, Text.assemble(f"“{line(relation.text)}”", (f"  {names}", "bright_black")))
    return grid


def _agenda(record: Record, item: AgendaItem, sheet: Sheet) -> RenderableType:
    grid = _grid(4, 15, 10, None)
    when = outline.period(item.when) if item.when else "no date"
    who = ", ".join(line(name) for name in item.who)
    told = Text("  ").join(Text(part) for part in (who, line(item.where or "")) if part)
    link = f"  is {line(item.event)}" if item.event else ""
    quoted = Text.assemble(f"“{line(item.text)}”", (link, "magenta"))
    grid.add_row(_id(item.id), Text(line(when), "bold"), Text(item.status), _lines(told, quoted))
    return grid


def _custom(record: Record, event: CustomEvent, sheet: Sheet) -> RenderableType:
    place = event.where.name if event.where else event.place
    facts = [outline.period(event.date) if event.date else "no date", place or "no place", event.status]
    facts += [f"{event.confidence:.0%} sure", *([f"told as {event.event}"] if event.event else [])]
    grid = _grid(4, 15, None)
    who = Text.assemble(_actors(event.actor), (" → ", "bold"), _actors(event.recipient))
    told = _small(" · ".join(facts))
    grid.add_row(_id(event.id), Text(line(event.type), "bold"), _lines(who, told))
    return Group(grid, _indent(_evidence(record, event.s, event.trigger_span, sheet, "")))


def _gaps(record: Record) -> Iterator[RenderableType]:
    for gap in outline.gaps(record):
        grid = _grid(18, None)
        ids = line(", ".join(gap.ids))
        grid.add_row(Text(gap.what, "bright_black"), Text.assemble(line(gap.reason), (f"  {ids}", "bright_black")))
        yield grid


def _actors(actors: Iterable[Actor]) -> Text:
    shown = [
        Text.assemble(line(outline.name_of(actor)), (f" {line(outline.code_of(actor))}", "bright_black"))
        for actor in actors
    ]
    return Text(", ").join(shown) if shown else Text("–", "bright_black")


def _grid(*widths: int | None) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    for width in widths:
        grid.add_column(width=width, ratio=None if width else 1, overflow="fold")
    return grid


def _lines(*rows: Text) -> Text:
    return Text("\n").join(row for row in rows if row.plain)


def _indent(part: RenderableType, by: int = 5) -> RenderableType:
    return Padding(part, (0, 0, 0, by))


def _flow(words: str) -> str:
    """One line that keeps the blank at its edge."""
    inner = line(words)
    return f"{' ' if words[:1].isspace() else ''}{inner}{' ' if words[-1:].isspace() and inner else ''}"


def _id(name: str) -> Text:
    return Text(line(name), "bright_black")


def _small(words: str | None) -> Text:
    return Text(line(words or ""), "bright_black")
