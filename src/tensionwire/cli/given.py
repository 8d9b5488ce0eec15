"""What options of several commands hold, checked."""

from __future__ import annotations

import datetime as dt
import re

from tensionwire.errors import UsageError


def day(option: str, text: str | None, *, last: bool = False) -> str | None:
    """An ISO day; of a month or year its first day, or its last one.

    >>> day("--since", "2017-01"), day("--until", "2017-02", last=True), day("--since", None)
    ('2017-01-01', '2017-02-28', None)
    """
    if text is None:
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, date = (int(part) if part else None for part in found.groups())
        start = dt.date(year or 0, month or (12 if last else 1), date or 1)
    except ValueError:
        raise UsageError(f"{option} {text}", "is no day", "write YYYY-MM-DD, YYYY-MM or YYYY") from None
    if last and date is None:
        start = (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return start.isoformat()


def columns(text: str | None) -> dict[str, str]:
    """What `--map date=day,cameo=code` says.

    >>> columns("date=day, cameo=code")
    {'date': 'day', 'cameo': 'code'}
    """
    found: dict[str, str] = {}
    for pair in filter(str.strip, (text or "").split(",")):
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not (field and equals and column):
            raise UsageError(f"--map {pair.strip()}", "is no FIELD=COLUMN", "write date=day,actor=source,...")
        found[field] = column
    return found
