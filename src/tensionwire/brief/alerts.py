"""Alerts: the rules looked at, what is new noted, and each of it sent once through each channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tensionwire.brief.channels import NotSent, sender, write_feed
from tensionwire.brief.finding import Alert, Ground, found
from tensionwire.brief.outbox import Outbox
from tensionwire.brief.rules import Channel, Orders, Rule
from tensionwire.errors import LedgerError, TensionwireError

Say = Callable[[str, str, bool], None]
"""Hears (what, message, whether it is a warning)."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a round did: alerts `noted` for the first time, messages `sent`, and what `failed`."""

    noted: int = 0
    sent: int = 0
    failed: int = 0


def run_round(orders: Orders, ground: Ground, outbox: Outbox, say: Say, *, allow_private: bool = False) -> Tally:
    """Look at each rule and send what is new; a rule or channel that fails stops no other.

    Raises `LedgerError` where the ledger cannot be read, since no rule could be looked at then.
    """
    tally = Tally()
    for rule in orders.rules:
        _look(rule, orders.channels, ground, outbox, say, tally)
    for channel in orders.channels:
        _send(channel, outbox, say, tally, allow_private)
    return tally


def pending(orders: Orders, ground: Ground, outbox: Outbox) -> Iterator[Alert]:
    """What the rules find that was not told yet; nothing is noted."""
    for rule in orders.rules:
        yield from outbox.fresh(found(rule, ground))


def _look(rule: Rule, channels: Iterable[Channel], ground: Ground, outbox: Outbox, say: Say, tally: Tally) -> None:
    try:
        fresh = outbox.fresh(found(rule, ground))
    except LedgerError:
        raise
    except TensionwireError as error:
        tally.failed += 1
        say(rule.name, str(error), True)
        return
    first = not outbox.known(rule.name) and not rule.backlog
    names = [channel.name for channel in channels if not rule.channels or channel.name in rule.channels]
    outbox.note(rule.name, fresh, [] if first else names)
    if first:
        say(rule.name, f"first look: {len(fresh)} noted, what comes later is told", False)
    else:
        tally.noted += len(fresh)


def _send(channel: Channel, outbox: Outbox, say: Say, tally: Tally, allow_private: bool) -> None:
    """Send what waits, oldest first; at the first failure the rest waits for the next round."""
    send = sender(channel, allow_private=allow_private)
    waiting = outbox.waiting(channel.name)
    for at, alert in enumerate(waiting):
        try:
            if channel.way == "rss" and channel.path is not None:
                write_feed(channel.path, outbox.latest(channel.name, channel.keep), channel.title)
            send(alert)
        except NotSent as fault:
            tally.failed += 1
            given_up = outbox.failed(channel.name, alert, str(fault))
            left = f"{len(waiting) - at} waiting" + (", one given up" if given_up else "")
            say(channel.name, f"{fault}; {left}, tried again at the next round", True)
            return
        outbox.sent(channel.name, alert)
        tally.sent += 1
