"""What was found and whom it was sent to, in a small SQLite file beside the ledger.

An alert is noted before it is sent and marked after: a crash between the two sends it again, under the same id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

import msgspec

from tensionwire.beside import SideFile
from tensionwire.brief.finding import APART, Alert

MOST_TRIES: Final = 200
_TABLES: Final = """
CREATE TABLE rule (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE alert (id TEXT PRIMARY KEY, family TEXT, day TEXT, found_at TEXT NOT NULL, number INTEGER NOT NULL,
  body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX families ON alert (family);
CREATE TABLE delivery (alert TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, fault TEXT, PRIMARY KEY (channel, state, alert)) WITHOUT ROWID;
"""
_encode, _decode = msgspec.json.Encoder().encode, msgspec.json.Decoder(Alert).decode


class Outbox(SideFile):
    """The file. One process at a time holds it; use it in a `with` block."""

    tables = _TABLES
    holder = "another run of alerts"
    lost = "rules then begin anew and only note what is there"

    def fresh(self, alerts: Iterable[Alert]) -> list[Alert]:
        """Those that were not noted yet."""
        return [alert for alert in alerts if not self._noted(alert)]

    def _noted(self, alert: Alert) -> bool:
        if self.db.execute("SELECT 1 FROM alert WHERE id = ?", (alert.id,)).fetchone():
            return True
        if alert.family is None or alert.day is None:
            return False
        days = self.db.execute("SELECT day FROM alert WHERE family = ?", (_family(alert),))
        return any(abs((date.fromisoformat(alert.day) - date.fromisoformat(day)).days) <= APART for (day,) in days)

    def known(self, rule: str) -> bool:
        """Whether a rule was looked at before."""
        return self.db.execute("SELECT 1 FROM rule WHERE name = ?", (rule,)).fetchone() is not None

    def note(self, rule: str, alerts: Iterable[Alert], channels: Iterable[str]) -> None:
        """Keep what a rule found; it waits for each channel. All of it or nothing."""
        now, names = datetime.now(UTC).isoformat(timespec="seconds"), tuple(channels)
        with self.written():
            self.db.execute("INSERT OR IGNORE INTO rule VALUES (?)", (rule,))
            (number,) = self.db.execute("SELECT coalesce(max(number), 0) FROM alert").fetchone()
            for step, alert in enumerate(alerts, 1):
                row = (alert.id, _family(alert), alert.day, now, number + step, _encode(alert))
                self.db.execute("INSERT OR IGNORE INTO alert VALUES (?,?,?,?,?,?)", row)
                rows = [(alert.id, name) for name in names]
                self.db.executemany("INSERT OR IGNORE INTO delivery VALUES (?, ?, 'waiting', 0, NULL)", rows)

    def waiting(self, channel: str) -> list[Alert]:
        """What a channel has still to be sent, oldest first."""
        rows = self.db.execute(
            "SELECT body FROM delivery JOIN alert ON id = alert WHERE channel = ? AND state = 'waiting' "
            "ORDER BY number",
            (channel,),
        )
        return [_decode(body) for (body,) in rows]

    def sent(self, channel: str, alert: Alert) -> None:
        """The channel has it."""
        self._end(channel, alert, "sent")

    def failed(self, channel: str, alert: Alert, fault: str) -> bool:
        """The channel could not take it; True when it was tried often enough and is given up."""
        with self.written():
            self.db.execute(
                "UPDATE delivery SET tries = tries + 1, fault = ? "
                "WHERE channel = ? AND state = 'waiting' AND alert = ?",
                (fault, channel, alert.id),
            )
        row = self.db.execute(
            "SELECT tries FROM delivery WHERE channel = ? AND state = 'waiting' AND alert = ?", (channel, alert.id)
        ).fetchone()
        if row is None or row[0] < MOST_TRIES:
            return False
        self._end(channel, alert, "given up")
        return True

    def _end(self, channel: str, alert: Alert, state: str) -> None:
        with self.written():
            self.db.execute(
                "UPDATE OR REPLACE delivery SET state = ? WHERE channel = ? AND state = 'waiting' AND alert = ?",
                (state, channel, alert.id),
            )

    def latest(self, channel: str, count: int) -> list[tuple[Alert, str]]:
        """The newest alerts of a channel with the moment they were found, newest first."""
        rows = self.db.execute(
            "SELECT body, found_at FROM delivery JOIN alert ON id = alert WHERE channel = ? "
            "ORDER BY number DESC LIMIT ?",
            (channel, count),
        )
        return [(_decode(body), found) for body, found in rows]


def _family(alert: Alert) -> str | None:
    return f"{alert.rule}\n{alert.family}" if alert.family else None
