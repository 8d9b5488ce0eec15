"""Watching on: manners, patience, stopping, and taking up again."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from tensionwire.errors import ForgottenError, LedgerError, TensionwireError
from tensionwire.watch import asking, intake
from tensionwire.watch.state import Page, State
from watching import Desk, Site, source


def test_a_new_item_is_in_the_ledger_within_a_look(site: Site, desk: Desk) -> None:
    feed = site.feed("/feed", site.article("/1", "One"))

    def done() -> bool:
        if desk.ledger.titles() == ["One"]:
            site.feed("/feed", f"{site.url}/1", site.article("/2", "Two"))
        return desk.ledger.titles() == ["One", "Two"]

    desk.until(done, source(feed))


def test_robots_txt_is_kept_to(site: Site, desk: Desk) -> None:
    site.pages["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /shut/\nUser-agent: tensionwire\nDisallow: /own/\n")
    items = [site.article(path, path) for path in ("/shut/1", "/own/1", "/open/1")]
    tally = desk.once(source(site.feed("/feed", *items))).tally
    assert sorted(desk.ledger.titles()) == ["/open/1", "/shut/1"]  # type: ignore[type-var]
    assert tally.failed == 1
    assert "/own/1: robots.txt does not allow it (left out)" in desk.told()
    assert [one.path for one in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False), (429, False)])
def test_a_host_without_rules_or_one_that_hides_them(site: Site, desk: Desk, status: int, fetched: bool) -> None:
    site.pages["/robots.txt"] = (status, {}, "")
    feed = site.feed("/feed", site.article("/1", "One"))
    assert desk.once(source(feed)).tally.added == fetched
    assert fetched or "robots.txt cannot be had" in desk.told()
    assert fetched or not site.paths()


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between(site: Site, desk: Desk) -> None:
    items = [site.article(f"/{n}", f"T{n}") for n in range(3)]
    desk.once(source(site.feed("/feed", *items)), delay=0.3)
    times = [one.at for one in site.asked]
    assert len(times) == 5
    assert all(later - sooner >= 0.29 for sooner, later in zip(times, times[1:], strict=False))


def test_a_longer_crawl_delay_is_kept_and_holds_up_no_other_host(site: Site, other: Site, desk: Desk) -> None:
    site.pages["/robots.txt"] = (200, {}, "User-agent: *\nCrawl-delay: 0.6\n")
    slow = site.feed("/feed", *(site.article(f"/{n}", f"slow {n}") for n in range(2)))
    quick = other.feed("/feed", *(other.article(f"/{n}", f"quick {n}") for n in range(4)))
    desk.once(source(slow), source(quick))
    times = [one.at for one in site.asked]
    assert all(later - sooner >= 0.59 for sooner, later in zip(times, times[1:], strict=False))
    assert other.asked[0].at < times[1]


def test_a_redirect_to_another_host_goes_by_its_rules(site: Site, other: Site, desk: Desk) -> None:
    other.pages["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /shut\n")
    for path in ("/shut", "/open"):
        site.pages[f"/to{path}"] = (302, {"Location": other.article(path, path)}, "")
    desk.once(source(site.feed("/feed", f"{site.url}/to/shut", f"{site.url}/to/open")))
    assert desk.ledger.titles() == ["/open"]
    assert desk.ledger.records[0].url == f"{other.url}/open"
    assert other.paths() == ["/open"]


def test_a_feed_that_moved_for_good_is_told_and_asked_there(site: Site, other: Site, desk: Desk) -> None:
    new = other.feed("/new", site.article("/1", "One"))
    site.pages["/old"] = (301, {"Location": new}, "")
    feed = source(f"{site.url}/old")
    desk.once(feed)
    assert f"has moved for good to {new}; correct its address" in desk.told()
    desk.once(feed)
    assert site.paths().count("/old") == 1
    assert other.paths().count("/new") == 2
    del other.pages["/new"]
    desk.once(feed)
    with State(desk.folder / "state.db") as state:
        assert state.page(f"{site.url}/old").moved is None


def test_a_feed_that_fails_rests_longer_each_time(site: Site, desk: Desk) -> None:
    site.pages["/feed"] = (500, {}, "")
    feed = source(f"{site.url}/feed", every=0.2)
    desk.until(lambda: site.paths().count("/feed") >= 4, feed)
    times = [one.at for one in site.asked if one.path == "/feed"]
    gaps = [later - sooner for sooner, later in zip(times, times[1:], strict=False)]
    assert gaps[1] > 0.3 * 0.99
    assert gaps[2] > 0.6 * 0.99
    with State(desk.folder / "state.db") as state:
        assert state.page(feed.at).failures >= 3


def test_retry_after_is_kept_to_over_a_restart(site: Site, desk: Desk) -> None:
    site.pages["/feed"] = (503, {"Retry-After": "3600"}, "")
    feed = source(f"{site.url}/feed")
    desk.once(feed)
    assert "asked again in 60 min" in desk.told()
    desk.once(feed)
    assert site.paths() == ["/feed"]
    assert "rests for another 60 min" in desk.told()


def test_a_rest_without_end_is_blamed_on_the_clock(site: Site, desk: Desk) -> None:
    feed = source(site.feed("/feed", site.article("/1", "One")))
    with State(desk.folder / "state.db") as state:
        state.remember(feed.at, Page(failures=1, retry_at=time.time() + 10 * 365 * 86400))
    assert desk.once(feed).tally.added == 1


def test_a_clock_that_jumps_does_not_stop_the_watch(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = source(site.feed("/feed", site.article("/1", "One")), newest=86400.0)
    real, looks = time.time, 0

    def jumping() -> float:
        return real() + [0, 1e9, -1e9][len(site.paths()) % 3]

    monkeypatch.setattr(time, "time", jumping)
    desk.until(lambda: site.paths().count("/feed") >= looks + 6, feed)
    assert desk.ledger.titles() == ["One"]


def test_what_was_listed_and_not_read_is_read_after_a_restart(site: Site, desk: Desk) -> None:
    feed = source(site.feed("/feed", *(site.article(f"/{n}", f"T{n}") for n in range(6)), ETag='"a"'))
    desk.until(lambda: len(desk.ledger.records) >= 2, feed, delay=0.05)
    assert len(desk.ledger.records) < 6
    site.feed("/feed", ETag='"b"')  # the items are gone from the feed
    desk.once(feed)
    assert sorted(desk.ledger.titles()) == [f"T{n}" for n in range(6)]  # type: ignore[type-var]


def test_stopping_ends_the_item_in_hand(site: Site, desk: Desk) -> None:
    feed = source(site.feed("/feed", *(site.article(f"/{n}", f"T{n}") for n in range(3))))
    desk.until(lambda: desk.ledger.tried >= 1, feed)
    tried = desk.ledger.tried
    desk.once(feed)
    assert len(desk.ledger.records) == 3
    assert desk.ledger.tried == 3, f"{tried} before the stop; none of them may be read again"


def test_a_ledger_that_fails_loses_nothing(site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = source(site.feed("/feed", *(site.article(f"/{n}", f"T{n}") for n in range(3))))
    desk.ledger.fault = LedgerError("ledger.db", "the disk is full", "make room")
    with pytest.raises(TensionwireError, match="disk is full"):
        desk.once(feed)
    assert desk.ledger.tried == 1

    def done() -> bool:
        if "nothing is lost, tried again in 2 s" in desk.told():
            desk.ledger.fault = None
        return len(desk.ledger.records) == 3

    desk.until(done, feed)
    assert sorted(desk.ledger.titles()) == ["T0", "T1", "T2"]  # type: ignore[type-var]


def test_a_text_that_was_forgotten_stays_so(site: Site, desk: Desk) -> None:
    feed = source(site.feed("/feed", site.article("/1", "One")))
    desk.ledger.fault = ForgottenError("r1", "it was erased: court order", "add it --again")
    assert desk.once(feed).tally.failed == 1
    desk.once(feed)
    assert desk.ledger.tried == 1


def test_a_report_that_trips_the_ledger_waits_for_the_next_start(site: Site, desk: Desk) -> None:
    feed = source(site.feed("/feed", site.article("/1", "One")))
    desk.ledger.fault = KeyError("a mistake of ours")
    for _ in range(intake.ATTEMPTS):
        assert desk.once(feed).tally.failed == 1
    assert "could not be kept (KeyError" in desk.told()
    desk.once(feed)
    assert desk.ledger.tried == intake.ATTEMPTS


def test_two_watchers_do_not_share_a_state(desk: Desk) -> None:
    with State(desk.folder / "state.db"), pytest.raises(TensionwireError, match="another watcher holds it"):
        State(desk.folder / "state.db")


def test_a_state_that_is_none(desk: Desk) -> None:
    (desk.folder / "state.db").write_bytes(b"not a database at all, but long enough to be taken for one" * 50)
    with pytest.raises(TensionwireError, match="cannot be used"):
        State(desk.folder / "state.db")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "-7"}, 0.0),
        ({"retry-after": "9" * 400}, asking.LONGEST_REST),
        ({"retry-after": "Tue, 11 Apr 2017 00:01:00 GMT", "date": "Tue, 11 Apr 2017 00:00:00 GMT"}, 60.0),
        ({"retry-after": "soon"}, 0.0),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(headers: dict[str, Any], seconds: float) -> None:
    assert asking.retry_after(asking.Answer(url="", status=503, headers=headers)) == seconds


def test_a_slow_host_holds_up_no_other(site: Site, other: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()
    monkeypatch.setattr("tensionwire.read.fetch.PATIENCE", 20.0)
    site.pages["/robots.txt"] = lambda handler: answers.wait(20)
    feed = other.feed("/feed", other.article("/1", "One"))
    desk.until(lambda: bool(desk.ledger.records), source(f"{site.url}/feed"), source(feed))
    assert not site.paths()
    answers.set()
