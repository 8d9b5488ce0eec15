"""`tensionwire judge`: a person's word on what linker and coder did; nothing is overwritten, all can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from tensionwire.cli import asking

if TYPE_CHECKING:
    from tensionwire.ledger import Judgement, Ledger

group = typer.Typer(
    no_args_is_help=True, rich_markup_mode="rich",
    help="Put right what was linked or coded wrongly: with your name and reason, and reversible.",
)  # fmt: skip

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")]
Reason = Annotated[str, typer.Option("--reason", metavar="WHY", help="Stays beside the judgement.")]
Telling = Annotated[str, typer.Argument(metavar="REPORT/EVENT", help="A telling: r12/e3.")]
Item = Annotated[str, typer.Argument(metavar="REPORT/ITEM", help="An event, claim, ...: r12/e3, r12/c2.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(group, name="judge")


@group.command(no_args_is_help=True)
def split(telling: Telling, by: By, reason: Reason, ledger: asking.Url = None) -> None:
    """Take a telling out of its incident: it is another happening.

    \b
    [bold]Examples[/bold]
    tensionwire judge split r12/e3 --by "Ida Berg" --reason "the strike of the day before"
    """
    _judged(ledger, lambda opened: opened.move(telling, None, by=by, reason=reason))


@group.command(no_args_is_help=True)
def move(
    telling: Telling,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="i57")],
    by: By,
    reason: Reason,
    ledger: asking.Url = None,
) -> None:
    """Put a telling into an incident.

    \b
    [bold]Examples[/bold]
    tensionwire judge move r12/e3 i57 --by "Ida Berg" --reason "the same strike, by its other name"
    """
    _judged(ledger, lambda opened: opened.move(telling, incident, by=by, reason=reason))


@group.command(no_args_is_help=True)
def merge(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="The one that goes.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.")],
    by: By,
    reason: Reason,
    ledger: asking.Url = None,
) -> None:
    """Make one incident of two.

    \b
    [bold]Examples[/bold]
    tensionwire judge merge i61 i57 --by "Ida Berg" --reason "one strike, told by two camps"
    """
    _judged(ledger, lambda opened: opened.merge(incident, into, by=by, reason=reason))


@group.command(no_args_is_help=True)
def confirm(item: Item, by: By, reason: Reason, ledger: asking.Url = None) -> None:
    """Say that an item is right.

    \b
    [bold]Examples[/bold]
    tensionwire judge confirm r12/c2 --by "Ida Berg" --reason "heard the recording"
    """
    _judged(ledger, lambda opened: opened.judge(item, "confirm", by=by, reason=reason))


@group.command(no_args_is_help=True)
def reject(item: Item, by: By, reason: Reason, ledger: asking.Url = None) -> None:
    """Say that an item is wrong: it is no longer answered or counted.

    \b
    [bold]Examples[/bold]
    tensionwire judge reject r12/e3 --by "Ida Berg" --reason "a football match"
    """
    _judged(ledger, lambda opened: opened.judge(item, "reject", by=by, reason=reason))


@group.command(no_args_is_help=True)
def undo(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its key: j31.")],
    by: By,
    reason: Reason,
    ledger: asking.Url = None,
) -> None:
    """Take a judgement back.

    \b
    [bold]Examples[/bold]
    tensionwire judge undo j31 --by "Ida Berg" --reason "misread"
    """
    _judged(ledger, lambda opened: opened.undo(judgement, by=by, reason=reason))


@group.command("list")
def list_(
    ledger: asking.Url = None, as_known_at: asking.KnownAt = None, format: asking.Shape = None,
    color: asking.Colour = None,
) -> None:  # fmt: skip
    """List every judgement, oldest first.

    \b
    [bold]Examples[/bold]
    tensionwire judge list
    """
    from tensionwire.cli.ask import answer
    from tensionwire.cli.failing import ending

    with ending():
        answer(lambda opened: opened.judgements(as_known_at=as_known_at), "judgements", ledger, format, color)


def _judged(ledger: str | None, judge: Callable[[Ledger], Judgement]) -> None:
    from tensionwire.cli.failing import complain, ending
    from tensionwire.ledger import Ledger

    with ending(), Ledger.open(ledger, create=False) as opened:
        done = judge(opened)
        told = f"{done.kind} {done.target}{f' to {done.into}' if done.into else ''}"
        complain(f"{done.key}: {told}{' undone' if done.undone else ''}")
