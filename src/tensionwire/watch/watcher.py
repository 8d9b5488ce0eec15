"""Watching: every source in its turn, what is new read, coded and kept, until told to stop."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Event
from typing import Final

from tensionwire.watch import hand, jobs
from tensionwire.watch.asking import HOPS, LONGEST_REST, Trouble, Visitor
from tensionwire.watch.config import Plan, Source
from tensionwire.watch.crew import Crew
from tensionwire.watch.hand import Code, Keeps
from tensionwire.watch.intake import ATTEMPTS, Intake, Tally
from tensionwire.watch.items import Item
from tensionwire.watch.jobs import Job, Outcome, Ruled
from tensionwire.watch.lanes import Lanes
from tensionwire.watch.notices import Notice, Tell, brief, length, scrubbed, some
from tensionwire.watch.robots import Rules
from tensionwire.watch.state import Page, State, Taking

DEPTH: Final = 3  # of sitemap indexes within each other
_NAP: Final = 60.0  # longest wait for anything, so that a lost wake-up costs a minute at most
_FIRST_REST: Final = 60.0


class Watcher:
    """Follows the sources of a plan.

    All waiting is by a clock that only goes forward, so that setting the time of day changes nothing. Network
    work is done by a crew of threads; coding, the ledger and the state belong to the thread that calls `run`.
    """

    def __init__(
        self, plan: Plan, *, ledger: Keeps, state: State, code: Code, tell: Tell, allow_private: bool = False,
        once: bool = False, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """`code` makes a record of a report, `tell` hears what goes on. `once`: one look at each source, then end."""
        self._plan, self._state, self._tell = plan, state, tell
        self._visitor = Visitor(agent=plan.agent, allow_private=allow_private)
        self._once, self._clock = once, clock
        self._lanes: Lanes[Job] = Lanes(delay=plan.delay)
        self._crew: Crew[Outcome | Ruled] = Crew(plan.connections)
        self._rules: dict[str, tuple[Rules, float]] = {}
        self._intake = Intake(ledger=ledger, state=state, code=code, tell=tell, clock=clock, patient=not once)
        self._stopped = Event()
        self._closed: set[str] = set()

    def stop(self) -> None:
        """End after the item in hand. A signal handler may call this."""
        self._stopped.set()
        self._crew.wake()

    def run(self) -> Tally:
        """Watch until stopped, or until all is done where it is for once.

        Raises `TensionwireError` where the ledger fails and it is for once, or the state cannot be written.
        """
        for source in self._plan.sources:
            self._begin(source)
        self._dispatch()
        while not self._stopped.is_set() and not self._finished():
            outcome = self._crew.result(self._patience())
            if isinstance(outcome, Ruled):
                self._ruled(outcome)
            elif outcome is not None:
                self._received(outcome)
            ready = self._intake.ready_at
            if ready is not None and self._clock() >= ready and not self._stopped.is_set():
                self._intake.one_report()
            self._dispatch()
        self._intake.finish()
        return self.tally

    @property
    def tally(self) -> Tally:
        """What was done so far."""
        return self._intake.tally

    # -- turns ------------------------------------------------------------------------------------------------------

    def _begin(self, source: Source) -> None:
        """Take up what was left unread, and look at the source as soon as it wants to be looked at."""
        left = self._state.waiting(source.at)
        if left:
            self._say(source, f"{some(len(left), 'item')} left from before")
        for item in left:
            self._take_up(source, item)
        page = self._state.page(source.at)
        # Of a rest that ends further off than any rest lasts, the clock is to blame.
        rest = page.retry_at - time.time()
        rest = rest if 0 < rest <= LONGEST_REST * 1.5 else 0.0
        if rest and self._once:
            self._say(source, f"failed before and rests for another {length(rest)}", "detail")
            return
        self._look(source, rest)

    def _look(self, source: Source, after: float) -> None:
        url = source.at if source.kind == "folder" else self._state.page(source.at).moved or source.at
        self._put(Job(source=source, url=url, first=source.at), after)

    def _put(self, job: Job, after: float = 0.0) -> None:
        self._lanes.put(job.lane, job, self._clock() + after)

    def _finished(self) -> bool:
        return self._once and not (self._intake.ready_at is not None or self._crew.at_work or self._lanes.waiting())

    def _patience(self) -> float:
        """Seconds to wait for the next outcome, 0 when there is something else to do."""
        now = self._clock()
        ready, start = self._intake.ready_at, self._lanes.next_start()
        moments = [now + _NAP] if ready is None else [ready]
        if start is not None and self._crew.at_work < self._crew.size:
            moments.append(start)
        return min(_NAP, max(0.0, min(moments) - now))

    def _dispatch(self) -> None:
        while self._crew.at_work < self._crew.size and (job := self._lanes.take(self._clock())) is not None:
            self._give(job)

    def _give(self, job: Job) -> None:
        """Have a job done as its host allows, or ask the host for its rules first."""
        rules = Rules()
        if job.source.kind != "folder":
            rules, until = self._rules.get(job.lane, (rules, -1.0))
            if until < self._clock():
                self._lanes.put(job.lane, job, self._clock())
                self._crew.give(partial(jobs.rule, job, self._visitor))
                return
            if not rules.allows(job.url):
                self._lanes.release(job.lane)
                self._failed(job, _forbidden(rules))
                return
        page = Page() if job.item else self._state.page(job.first)
        known = partial(self._known, self._taking(job.source, None))
        self._crew.give(partial(jobs.work, job, self._visitor, rules, page, known, self._stopped))

    def _known(self, taking: Taking, item: Item) -> bool:
        return not self._state.is_new(item, taking)

    def _ruled(self, found: Ruled) -> None:
        now = self._clock()
        self._rules[found.lane] = (found.rules, now + found.rules.fresh_for)
        self._lanes.slow_down(found.lane, found.rules.delay)
        self._lanes.done(found.lane, now)

    def _received(self, outcome: Outcome) -> None:
        job = outcome.job
        self._lanes.done(job.lane, self._clock())
        if outcome.trouble is not None:
            self._failed(job, outcome.trouble)
        elif outcome.target is not None:
            self._follow(outcome, outcome.target)
        elif job.item is not None:
            self._intake.put(hand.of_page(job.source, job.item, outcome.reports))
        else:
            self._listed(outcome)

    def _follow(self, outcome: Outcome, target: str) -> None:
        """Go on at another host, in its own lane and by its own rules."""
        job = outcome.job
        if job.hops >= HOPS:
            self._failed(job, Trouble(f"it redirects more than {HOPS} times", "check the address", lasting=True))
        elif not target.lower().startswith(("http://", "https://")):
            self._failed(job, Trouble("it redirects to what is no web address", "check the address", lasting=True))
        else:
            self._put(replace(job, url=target, hops=job.hops + 1, lasting=outcome.lasting))

    # -- lists ------------------------------------------------------------------------------------------------------

    def _taking(self, source: Source, oldest: str | None) -> Taking:
        return Taking(limit=source.limit, revisits=source.revisits, backlog=source.backlog, oldest=oldest)

    def _listed(self, outcome: Outcome) -> None:
        """Note what is new; the list and its validators are kept in one transaction."""
        job, source, listing = outcome.job, outcome.job.source, outcome.listing
        self.tally.looks += job.depth == 0
        before = self._state.page(job.first)
        fresh: tuple[Item, ...] = ()
        if listing is not None:
            page = outcome.page or before
            fresh = self._state.listed(job.first, listing, page, self._taking(source, outcome.oldest))
        self._note_move(outcome, before)
        self._note_closed(source, listing.closed if listing is not None else ())
        self._say(source, _found(outcome, len(fresh)), "news" if fresh else "detail")
        for item in fresh:
            self._take_up(source, item)
        for url, changed in listing.more if listing is not None and job.depth < DEPTH else ():
            if not (changed and outcome.oldest and changed < outcome.oldest[: len(changed)]):
                self._put(Job(source=source, url=url, first=url, depth=job.depth + 1))
        if job.depth == 0:
            self._again(source, source.every * random.uniform(0.9, 1.0))

    def _note_move(self, outcome: Outcome, before: Page) -> None:
        """Keep that the address works, and where it has moved to for good."""
        first, moved = outcome.job.first, outcome.moved
        if moved and moved != before.moved and moved != first:
            self._say(outcome.job.source, f"has moved for good to {brief(moved)}; correct its address", "warning")
        now = self._state.page(first)
        self._state.remember(first, replace(now, failures=0, retry_at=0.0, moved=moved or before.moved))

    def _note_closed(self, source: Source, closed: tuple[str, ...]) -> None:
        """Tell of folders that may not be read, once each."""
        for path in closed:
            if path not in self._closed:
                self._closed.add(path)
                self.tally.failed += 1
                self._say(source, f"{path} cannot be read; check its permissions", "warning")

    def _again(self, source: Source, after: float) -> None:
        if not self._once:
            self._look(source, after)

    def _failed(self, job: Job, trouble: Trouble) -> None:
        if trouble.rest:
            self._lanes.pause(job.lane, self._clock() + trouble.rest)
        if job.item is not None:
            self._not_had(job, job.item, trouble)
        else:
            self._not_listed(job, trouble)

    def _not_listed(self, job: Job, trouble: Trouble) -> None:
        """A source that failed rests, longer each time."""
        source, page = job.source, self._state.page(job.first)
        failures = page.failures + 1
        rest = self._rest(source.every, failures, trouble)
        gone = replace(page, failures=failures, retry_at=time.time() + rest, moved=None)
        self._state.remember(job.first, gone)
        self.tally.failed += 1
        self._warn(job, trouble, f"asked again in {length(rest)}")
        if job.depth == 0:
            self._again(source, rest)

    def _rest(self, usual: float, failures: int, trouble: Trouble) -> float:
        """Seconds until the next try: doubled each time, never all at once, and as long as the server says."""
        longest = self._plan.longest
        rest = longest if trouble.gone else min(longest, usual * 2 ** min(failures - 1, 30))
        return max(trouble.rest, rest * random.uniform(0.75, 1.25))

    # -- items ------------------------------------------------------------------------------------------------------

    def _take_up(self, source: Source, item: Item) -> None:
        """Read an item: its text is here already, or must be fetched first."""
        if item.path is not None:
            self._intake.put(hand.of_file(source, item))
        elif item.html is not None:
            self._intake.put(hand.of_feed(source, item))
        elif item.url is not None:
            self._put(Job(source=source, url=item.url, first=item.url, item=item))

    def _not_had(self, job: Job, item: Item, trouble: Trouble) -> None:
        """An item whose page cannot be had is tried again a few times, unless that is of no use."""
        self.tally.failed += 1
        attempts = self._state.failed(item, trouble.why)
        if trouble.lasting or attempts >= ATTEMPTS:
            self._state.refused(item, trouble.why)
            self._warn(job, trouble, "left out")
            return
        rest = self._rest(_FIRST_REST, attempts, trouble)
        self._warn(job, trouble, "asked again at the next run" if self._once else f"asked again in {length(rest)}")
        if not self._once:
            self._put(replace(job, url=job.first, hops=0, lasting=True), rest)

    # -- words ------------------------------------------------------------------------------------------------------

    def _say(self, source: Source, told: str, level: str = "news") -> None:
        self._tell(Notice(source=source.name, told=scrubbed(told, source.at), level=level))

    def _warn(self, job: Job, trouble: Trouble, then: str) -> None:
        where = "" if job.first == job.source.at else f"{brief(job.first)}: "
        why = scrubbed(scrubbed(trouble.why, job.url), job.first)
        todo = f"; {scrubbed(trouble.todo, job.url)}" if trouble.todo and job.item is None else ""
        self._say(job.source, f"{where}{why}{todo} ({then})", "warning")


def _forbidden(rules: Rules) -> Trouble:
    if rules.unreachable:
        return Trouble(f"its robots.txt cannot be had: {rules.unreachable}", "nothing is fetched without it")
    return Trouble("robots.txt does not allow it", "ask the site for leave", lasting=True, gone=True)


def _found(outcome: Outcome, fresh: int) -> str:
    if outcome.listing is None:
        return "unchanged"
    listed = some(len(outcome.listing.items), "item")
    lost = f", {outcome.listing.dropped} without anything to read" if outcome.listing.dropped else ""
    more = f", {some(len(outcome.listing.more), 'sitemap')}" if outcome.listing.more else ""
    return f"{fresh} new of {listed}{more}{lost}"
