"""Answers of the ledger as pages for a terminal, in the looks of `code --format view`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tensionwire.exchange import outline
from tensionwire.exchange.plain import line
from tensionwire.exchange.view import COLOURS, ColourSystem
from tensionwire.ledger import (
    Change,
    Damage,
    Hit,
    Judgement,
    ReportedActor,
    ReportedClaim,
    ReportedFigure,
    ReportedRelation,
    Source,
    Tombstone,
)
from tensionwire.ledger.summaries import Summary
from tensionwire.records import Party

if TYPE_CHECKING:
    from tensionwire.link.accounts import Account, Voice
    from tensionwire.link.figures import History
    from tensionwire.records import Incident

NOTHING = "nothing in the ledger answers to that\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a page is drawn on."""

    width: int = 100
    colour: ColourSystem | None = None

    def drawn(self, parts: Iterable[RenderableType]) -> Iterator[str]:
        """Parts as text, without blanks at the ends of lines."""
        for part in parts:
            out = io.StringIO()
            console = Console(
                file=out, width=max(60, min(self.width, 140)), color_system=self.colour,
                force_terminal=self.colour is not None, no_color=self.colour is None, highlight=False, markup=False,
                emoji=False, legacy_windows=False,
            )  # fmt: skip
            console.print(part)
            yield "".join(row.rstrip() + "\n" for row in out.getvalue().splitlines())

    def incidents(self, found: Iterable[Summary]) -> Iterator[str]:
        """A list of incidents."""
        yield from _some(self.drawn(_incident(one) for one in found))

    def claims(self, found: Iterable[ReportedClaim]) -> Iterator[str]:
        """A list of claims."""
        yield from _some(self.drawn(_claim(one) for one in found))

    def figures(self, found: Iterable[ReportedFigure]) -> Iterator[str]:
        """A list of counts."""
        yield from _some(self.drawn(_figure(one) for one in found))

    def relations(self, found: Iterable[ReportedRelation]) -> Iterator[str]:
        """A list of ties."""
        yield from _some(self.drawn(_relation(one) for one in found))

    def actors(self, found: Iterable[ReportedActor]) -> Iterator[str]:
        """A list of actors."""
        yield from _some(self.drawn(_actor(one) for one in found))

    def hits(self, found: Iterable[Hit]) -> Iterator[str]:
        """What a search found."""
        yield from _some(self.drawn(_hit(one) for one in found))

    def changes(self, found: Iterable[Change]) -> Iterator[str]:
        """What was learnt or taken back."""
        yield from _some(self.drawn(_change(one) for one in found))

    def judgements(self, found: Iterable[Judgement]) -> Iterator[str]:
        """What persons decided."""
        yield from _some(self.drawn(_judgement(one) for one in found))

    def tombstones(self, found: Iterable[Tombstone]) -> Iterator[str]:
        """What is left of texts."""
        yield from _some(self.drawn(_tombstone(one) for one in found))

    def incident(self, incident: Incident, accounts: Sequence[Account], histories: Sequence[History]) -> Iterator[str]:
        """One incident, opened."""
        yield from self.drawn(_opened(incident, accounts, histories, self.width))


def _some(pieces: Iterator[str]) -> Iterator[str]:
    first = next(pieces, NOTHING)
    yield first
    yield from pieces


def damage(found: Damage) -> str:
    """One line of what `verify` found."""
    return f"!! {line(found.where)}: {line(found.fault)}\n"


def who(parties: Iterable[Party]) -> Text:
    """Parties with their codes."""
    shown = [
        Text.assemble(
            line(p.name or ("" if p.code else "somebody")), (f" {line(p.code)}" if p.code else "", "bright_black")
        )
        for p in parties
    ]
    return Text(", ").join(shown) if shown else Text("–", "bright_black")


def when(first: str | None, last: str | None, published: str | None) -> Text:
    """The date, or that there is none and when it was reported."""
    if first:
        return Text(outline.period(first if first == last or not last else f"{first}/{last}"), "bold")
    return Text(f"reported {published}" if published else "no date", "italic")


def counted(outlets: int, origins: int) -> str:
    """How many told it.

    >>> counted(12, 3), counted(1, 1), counted(0, 1)
    ('12 outlets, 3 origins', '1 outlet, 1 origin', 'no outlet named, 1 origin')
    """
    printed = f"{outlets} outlet{'s' * (outlets != 1)}" if outlets else "no outlet named"
    return f"{printed}, {origins} origin{'s' * (origins != 1)}"


def _kind(type_: str, quad: int, mode: str | None = None) -> Text:
    sign = outline.QUADS[quad].sign if quad in outline.QUADS else "·"
    colour = COLOURS.get(quad, "")
    return Text.assemble((f"{sign} {line(type_)}", f"bold {colour}"), (f" {line(mode)}" if mode else "", colour))


def _incident(one: Summary) -> RenderableType:
    head = Text("  ").join([
        Text(one.id, "bright_black"), when(one.first, one.last, one.published), _kind(one.type, one.quad, one.mode),
        Text.assemble(who(one.actor), " → ", who(one.recipient)),
    ])  # fmt: skip
    about = [one.status, line(one.place or ""), counted(one.outlets, one.origins)]
    rows: list[RenderableType] = [head, _aside(" · ".join(part for part in about if part))]
    return Group(*rows, *([_indent(Text(f"“{line(one.sentence)}”"))] if one.sentence else []))


def _from(source: Source) -> RenderableType:
    about = [source.report, line(source.outlet or ""), (source.published or "no day")[:10], line(source.title or "")]
    return _aside(" · ".join(part for part in about if part))


def _claim(one: ReportedClaim) -> RenderableType:
    claim, speaker = one.claim, one.claim.speaker
    head = Text.assemble(
        (line(outline.name_of(speaker)) if speaker else "nobody named", "bold"),
        (f" {line(outline.code_of(speaker))}" if speaker else "", "bright_black"),
        (f"  {claim.stance}", "" if claim.stance == "asserts" else "bold magenta"),
        (f"  about {one.incident}" if one.incident else "", "magenta"),
    )
    backing = outline.evidence(claim)
    said = Text(f"“{line(claim.content)}”") + Text(f"  {backing}" if backing else "", "magenta")
    return Group(head, _indent(said), _from(one.source))


def _figure(one: ReportedFigure) -> RenderableType:
    figure = one.figure
    head = Text.assemble(
        (outline.bounds(figure), "bold"), f" {line(figure.what or '')}  “{line(figure.text)}”",
        (f"  about {one.incident}" if one.incident else "", "magenta"),
    )  # fmt: skip
    return Group(head, _indent(Text(line(one.sentence))), _from(one.source))


def _relation(one: ReportedRelation) -> RenderableType:
    tie = one.relation
    head = Text.assemble(
        (line(tie.a_name or tie.a), "bold"), (f" {tie.sign} ", "bold green" if tie.sign == "+" else "bold red"),
        (line(tie.b_name or tie.b), "bold"), (f"  {line(tie.a)} {line(tie.b)}", "bright_black"),
    )  # fmt: skip
    return Group(head, _indent(Text(f"“{line(tie.text)}”")), _from(one.source))


def _actor(one: ReportedActor) -> RenderableType:
    code = ".".join(part for part in (one.code, one.sector) if part)
    days = one.first if one.first == one.last else f"{one.first} to {one.last}"
    counts = f"{one.reports} report{'s' * (one.reports != 1)}, {one.origins} origin{'s' * (one.origins != 1)}"
    return Text.assemble(
        (line(one.name) or "(forgotten)", "bold"), (f" {line(code)}" if code else "", "bright_black"),
        (f", {line('; '.join(one.offices))}" if one.offices else "", "italic"), f"  {counts}",
        (f"  {days}" if one.first else "", "bright_black"),
    )  # fmt: skip


def _hit(one: Hit) -> RenderableType:
    source = one.source
    head = Text.assemble(
        (f"{source.report}  ", "bright_black"), (line(source.title or source.url or "no title"), "bold"),
        f"  {line(source.outlet or '')} {(source.published or '')[:10]}",
    )  # fmt: skip
    return Group(head, *(_indent(Text(line(words))) for words in one.excerpts))


def _change(one: Change) -> RenderableType:
    sign, style = ("+", "green") if one.way == "learnt" else ("−", "red")
    why = " · ".join(part for part in (line(one.by), line(one.reason)) if part)
    return Text.assemble(
        (one.at[:19].replace("T", " "), "bright_black"), (f"  {sign} {one.what} ", f"bold {style}"),
        f"{line(one.key)}  {line(one.told)}", (f"  ({why})" if why else "", "italic"),
    )  # fmt: skip


def _judgement(one: Judgement) -> RenderableType:
    return Text.assemble(
        (f"{one.key}  ", "bright_black"), (f"{one.kind} ", "bold"), one.target, f" to {one.into}" if one.into else "",
        f"  {line(one.by)}: {line(one.reason)}", ("  undone" if one.undone else "", "magenta"),
        (f"  {one.at[:19]}", "bright_black"),
    )  # fmt: skip


def _tombstone(one: Tombstone) -> RenderableType:
    return Text.assemble(
        (f"{', '.join(one.reports)}  ", "bold"), f"{line(one.reason)}", f"  {line(one.by)}" if one.by else "",
        (f"  {one.at[:19]}  sha256 {line(one.hash)}", "bright_black"),
    )  # fmt: skip


def _opened(
    incident: Incident, accounts: Sequence[Account], histories: Sequence[History], width: int
) -> Iterator[RenderableType]:
    yield _incident(Summary.of(incident))
    yield _rule("TELLINGS", width)
    for told, link in zip(incident.tellings, incident.links, strict=False):
        grid = _grid(12, 14, None)
        sure = f"{link.probability:.0%}" if link.reasons else "first"
        reasons = f"{sure}: {'; '.join(map(line, link.reasons))}" if link.reasons else "the first to tell of it"
        by = f" ({line(link.by)})" if link.by and link.reasons else ""
        grid.add_row(
            Text(f"{told.report}/{told.event}", "bright_black"), Text(line(told.outlet or "–")),
            Text("\n").join([Text(f"“{line(told.sentence or told.trigger)}”"), Text(reasons + by, "bright_black")]),
        )  # fmt: skip
        yield grid
    if accounts:
        yield _rule("ACCOUNTS", width)
    for account in accounts:
        yield Text(line(account.stand), "bold")
        yield from (_voice("held by", voice, _how(voice)) for voice in account.holders)
        yield from (_voice("denied by", voice, "") for voice in account.deniers)
    if histories:
        yield _rule("FIGURES", width)
    for history in histories:
        yield Text(line(history.what or "of what is not said"), "bold")
        for reading in history.readings:
            about = " · ".join(
                part for part in (reading.as_of, reading.kind, reading.change, line(reading.outlet or "")) if part
            )
            yield _indent(Text.assemble(f"“{line(reading.wording)}”", (f"  {about}", "bright_black")))


def _how(voice: Voice) -> str:
    """Who denies the other account stands on this side, and is not said to have spoken these words for it."""
    return f", who {voice.stance}" if voice.claim and voice.stance in ("denies", "doubts") else ""


def _voice(words: str, voice: Voice, how: str) -> RenderableType:
    speaker = line((voice.speaker.name or voice.speaker.code or "somebody") if voice.speaker else "the report itself")
    backing = {"none": "no evidence offered", "offered": "evidence offered"}.get(voice.evidence or "", "")
    about = " · ".join(part for part in (voice.since, backing, line(voice.outlet or ""), voice.report) if part)
    return _indent(
        Text.assemble(f"{words} ", (speaker, "bold"), f"{how}: “{line(voice.words)}”", (f"  {about}", "bright_black"))
    )


def _rule(title: str, width: int) -> Text:
    rule = "─" * max(2, max(60, min(width, 140)) - len(title) - 1)
    return Text.assemble("\n", (title, "bold"), " ", (rule, "bright_black"))


def _grid(*widths: int | None) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    for width in widths:
        grid.add_column(width=width, ratio=None if width else 1, overflow="fold")
    return grid


def _indent(part: RenderableType, by: int = 5) -> RenderableType:
    return Padding(part, (0, 0, 0, by))


def _aside(words: str) -> RenderableType:
    return _indent(Text(words, "bright_black"))
