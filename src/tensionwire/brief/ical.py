"""The agenda as an iCalendar (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from tensionwire.brief.agenda import Appointment
from tensionwire.exchange.plain import line, visible

LONGEST: Final = 62  # days; what is vaguer is no appointment that a calendar could show
_URL: Final = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_STATUS: Final = {"scheduled": "CONFIRMED", "proposed": "TENTATIVE"}


def datable(one: Appointment) -> bool:
    """True for an appointment that can stand in a calendar: its date is known to about a month."""
    if one.first is None or one.last is None:
        return False
    return (date.fromisoformat(one.last) - date.fromisoformat(one.first)).days < LONGEST


def calendar(appointments: Iterable[Appointment], *, name: str = "tensionwire agenda") -> bytes:
    """The appointments that have a date, as all-day events; the same agenda gives the same bytes."""
    from tensionwire import __version__

    found = Calendar()
    found.add("prodid", f"-//tensionwire//tensionwire {__version__}//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", line(name))
    for one in appointments:
        if datable(one):
            found.add_component(_event(one))
    return bytes(found.to_ical())


def _event(one: Appointment) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", _stamp(one))
    event.add("dtstart", date.fromisoformat(one.first or ""))
    event.add("dtend", date.fromisoformat(one.last or "") + timedelta(days=1))  # the first day that is free again
    event.add("summary", _summary(one))
    event.add("description", visible(_description(one)))
    event.add("status", "CANCELLED" if one.cancelled else _STATUS.get(one.status, "CONFIRMED"))
    event.add("sequence", (one.outcome.state == "moved") + 2 * one.cancelled)
    event.add("transp", "TRANSPARENT")
    if one.where:
        event.add("location", line(one.where))
    url = one.sources[0].url if one.sources else None
    if url and _URL.fullmatch(url):
        event.add("url", url)
    return event


def _summary(one: Appointment) -> str:
    words = line(one.text)
    who = ", ".join(line(name) for name in one.who)
    return f"{who}: {words}" if who else words


def _description(one: Appointment) -> str:
    """The sentence that announces it, what became of it, and who says so."""
    parts = [f"“{one.sentence}”"]
    told = one.outcome.telling
    if one.outcome.state in ("held", "moved", "cancelled"):
        shown = (
            f": “{told.sentence}” ({told.outlet or 'outlet not known'}, {told.published or 'no day'})" if told else ""
        )
        parts.append(f"Since reported as {one.outcome.state}{shown}")
    for source in one.sources:
        parts.append(
            " · ".join(p for p in (source.outlet, (source.published or "")[:10], source.title, source.url) if p)
        )
    return "\n".join(parts)


def _stamp(one: Appointment) -> datetime:
    """When the ledger last learnt of it; fixed, so that nothing changes that did not change."""
    known = max((source.known_at for source in one.sources), default="")
    try:
        found = datetime.fromisoformat(known)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
