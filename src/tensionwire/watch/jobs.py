"""What the threads do: look at a page that lists, fetch a page that is a report, ask for a host's rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

from tensionwire.errors import InputError
from tensionwire.read import MAX_BYTES, InputFailure, read_fetched
from tensionwire.read.fetch import Answer
from tensionwire.records import Report
from tensionwire.watch import feeds, folders, sitemaps
from tensionwire.watch.asking import Trouble, Visitor, host, now
from tensionwire.watch.config import Source
from tensionwire.watch.folders import Known
from tensionwire.watch.items import Item, Listing
from tensionwire.watch.robots import Rules, unreachable
from tensionwire.watch.state import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to fetch for a source: an `item`, or a list of them where that is None.

    `url` is where to ask now, `first` the address that it began with, `depth` how many indexes led here, `hops` how
    many redirects, and `lasting` whether all of those were permanent.
    """

    source: Source
    url: str
    first: str
    item: Item | None = None
    depth: int = 0
    hops: int = 0
    lasting: bool = True

    @property
    def lane(self) -> str:
        """What is asked one question at a time: a host, or a folder."""
        return f"folder {self.url}" if self.source.kind == "folder" else host(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job: a listing (or `unchanged`), reports, a way elsewhere, or trouble.

    `page` holds the validators for the next look; `oldest` is the ISO datetime before which items are not wanted;
    `moved` is where the address has moved for good.
    """

    job: Job
    listing: Listing | None = None
    unchanged: bool = False
    page: Page | None = None
    oldest: str | None = None
    reports: tuple[Report | InputFailure, ...] = ()
    target: str | None = None
    lasting: bool = False
    moved: str | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What a host allows."""

    lane: str
    rules: Rules


def rule(job: Job, visitor: Visitor) -> Ruled:
    """Ask for the rules of the host of a job."""
    try:
        return Ruled(lane=job.lane, rules=visitor.rules(job.url))
    except Exception as fault:  # as in `work`
        return Ruled(lane=job.lane, rules=unreachable(f"it cannot be read ({type(fault).__name__})"))


def work(job: Job, visitor: Visitor, rules: Rules, page: Page, known: Known, stopped: Event) -> Outcome:
    """Do a job; whatever goes wrong is trouble in its outcome."""
    try:
        if job.source.kind == "folder":
            return Outcome(job=job, listing=folders.listing(job.source, known, stopped.wait))
        return _fetched(job, visitor, rules) if job.item else _listed(job, visitor, rules, page)
    except Trouble as trouble:
        return Outcome(job=job, trouble=trouble)
    except InputError as error:
        return Outcome(job=job, trouble=Trouble(error.why, error.todo, lasting=job.item is not None))
    except Exception as fault:  # a stranger's bytes in a library's hands: this one fails, the others go on
        why = f"it cannot be read ({type(fault).__name__}: {fault})"
        return Outcome(job=job, trouble=Trouble(why, "please report it", lasting=job.item is not None))


def _listed(job: Job, visitor: Visitor, rules: Rules, page: Page) -> Outcome:
    source = job.source
    answer = visitor.ask(
        job.url, rules, max_bytes=source.max_bytes, etag=page.etag, modified=page.modified, feed=source.kind == "feed"
    )
    if answer.target is not None:
        return _elsewhere(job, answer)
    if answer.status == 304:
        return Outcome(job=job, unchanged=True, moved=_moved(job, answer))
    read = feeds.listing if source.kind == "feed" else sitemaps.listing
    return Outcome(
        job=job,
        listing=read(answer.fetched, source),
        page=Page(etag=answer.headers.get("etag"), modified=answer.headers.get("last-modified"), round=page.round),
        oldest=_oldest(source, answer),
        moved=_moved(job, answer),
    )


def _oldest(source: Source, answer: Answer) -> str | None:
    """The ISO datetime before which items are not wanted, by the clock of the server."""
    if source.newest is None:
        return None
    return (datetime.fromtimestamp(now(answer), UTC) - timedelta(seconds=source.newest)).strftime("%Y-%m-%dT%H:%M:%S")


def _fetched(job: Job, visitor: Visitor, rules: Rules) -> Outcome:
    assert job.item is not None
    answer = visitor.ask(job.url, rules, max_bytes=MAX_BYTES)
    if answer.target is not None:
        return _elsewhere(job, answer)
    return Outcome(job=job, reports=tuple(read_fetched(answer.fetched, name=job.first, published=job.item.published)))


def _elsewhere(job: Job, answer: Answer) -> Outcome:
    lasting = job.lasting and answer.moved == answer.target
    return Outcome(job=job, target=answer.target, lasting=lasting, moved=_moved(job, answer))


def _moved(job: Job, answer: Answer) -> str | None:
    """Where the address that the job began with has moved for good, if it has."""
    if not job.lasting:
        return None
    return answer.moved or (job.url if job.hops else None)
