"""From items to the ledger: one report after the other, each item ended only when all of it is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tensionwire.errors import ForgottenError, TensionwireError
from tensionwire.watch.config import Source
from tensionwire.watch.hand import Code, Hand, Keeps
from tensionwire.watch.notices import Notice, Tell, brief, length, scrubbed, some
from tensionwire.watch.state import State

ATTEMPTS: Final = 5  # for an item that cannot be had or kept


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was done: `looks` at sources, reports `added` and `known` already, and what `failed`."""

    looks: int = 0
    added: int = 0
    known: int = 0
    failed: int = 0


class Intake:
    """Items whose reports are being coded, in turn, so that a file of many reports holds up no page.

    While the ledger cannot be written to, everything waits: nothing is marked as done that is not kept.
    """

    def __init__(
        self, *, ledger: Keeps, state: State, code: Code, tell: Tell, clock: Callable[[], float], patient: bool
    ) -> None:
        """`patient`: wait for a ledger that fails, rather than raise."""
        self._ledger, self._state, self._code, self._tell = ledger, state, code, tell
        self._clock, self._patient = clock, patient
        self._hands: deque[Hand] = deque()
        self._last: Hand | None = None
        self._held_until, self._ledger_faults = 0.0, 0
        self.tally = Tally()

    def put(self, hand: Hand) -> None:
        """Take an item in hand."""
        self._hands.append(hand)

    @property
    def ready_at(self) -> float | None:
        """When the next report may be coded, None when there is none."""
        return self._held_until if self._hands else None

    def one_report(self) -> None:
        """Code and keep one report of the item whose turn it is.

        Raises `TensionwireError` where the coder is amiss, or the ledger fails and is not waited for.
        """
        hand = self._last = self._hands.popleft()
        if hand.record is None and not hand.code_next(self._code):
            self._end(hand)
        elif hand.record is not None and not self._keep(hand):
            self._hands.appendleft(hand)
        else:
            self._hands.append(hand)

    def finish(self) -> None:
        """End the item in hand where one more step does; a file of many reports is taken up again at the next start."""
        hand = self._last
        if hand is not None and hand.kept and hand.item.path is None and hand in self._hands:
            self._hands.remove(hand)
            self._hands.appendleft(hand)
            self.one_report()

    def _keep(self, hand: Hand) -> bool:
        """Put the record into the ledger; False where that has to wait."""
        assert hand.record is not None
        try:
            kept = self._ledger.add(hand.record)
        except ForgottenError as error:
            hand.faults.append(error.why)
        except TensionwireError as error:
            if not self._patient:
                raise
            self._hold(hand, error)
            return False
        except Exception as fault:  # one report that trips over an error of ours: the others go on
            hand.puzzled += 1
            hand.faults.append(f"could not be kept ({type(fault).__name__}: {fault}); please report it")
        else:
            self._count(hand, kept.state, kept.report)
        hand.record = None
        return True

    def _hold(self, hand: Hand, error: TensionwireError) -> None:
        self._ledger_faults += 1
        rest = min(300.0, 2.0 ** min(self._ledger_faults, 30))
        self._held_until = self._clock() + rest
        self._say(hand.source, f"{error}; nothing is lost, tried again in {length(rest)}", "warning")

    def _count(self, hand: Hand, state: str, key: str) -> None:
        record, hand.kept, self._ledger_faults = hand.record, hand.kept + 1, 0
        self.tally.added += state != "known"
        self.tally.known += state == "known"
        if record is not None:
            title = record.title or hand.item.title or record.doc_id
            self._say(
                hand.source,
                f"{key} {state}: {title} ({some(len(record.events), 'event')})",
                "detail" if state == "known" else "news",
            )

    def _end(self, hand: Hand) -> None:
        """All reports of an item are kept, or told why not."""
        if hand.faults:
            self.tally.failed += len(hand.faults)
            more = f" (and {len(hand.faults) - 1} more)" if len(hand.faults) > 1 else ""
            where = hand.item.path or brief(hand.item.url or hand.source.at)
            self._say(hand.source, f"{where}: {hand.faults[0]}{more}", "warning")
        if hand.puzzled and self._state.failed(hand.item, hand.faults[0]) < ATTEMPTS:
            return  # waits for the next start, perhaps of a newer version
        if hand.kept or not hand.faults:
            self._state.done(hand.item)
        else:
            self._state.refused(hand.item, hand.faults[0])

    def _say(self, source: Source, told: str, level: str) -> None:
        self._tell(Notice(source=source.name, told=scrubbed(told, source.at), level=level))
