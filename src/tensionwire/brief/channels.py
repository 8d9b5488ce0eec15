"""The ways to be told: printed, mailed, posted to a webhook, or written as RSS."""

from __future__ import annotations

import hashlib
import hmac
import os
import smtplib
import ssl
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formatdate
from html import escape
from pathlib import Path
from typing import Final

import msgspec

from tensionwire.brief.finding import Alert, Quote
from tensionwire.brief.rules import Channel
from tensionwire.errors import InputError
from tensionwire.exchange.plain import line, visible

PATIENCE: Final = 20.0
Send = Callable[[Alert], None]


class NotSent(Exception):
    """A channel could not take an alert. The message holds no secret."""


def sender(channel: Channel, *, allow_private: bool) -> Send:
    """What sends an alert through a channel; it raises `NotSent`.

    An RSS channel is written as a whole (`write_feed`), so its sender does nothing.
    """
    if channel.way == "mail":
        return lambda alert: _mail(alert, channel)
    if channel.way == "webhook":
        return lambda alert: _post(alert, channel, allow_private)
    return _print if channel.way == "print" else lambda alert: None


def plain(alert: Alert) -> str:
    """An alert in words: its title, then the sentences that prove it. Nothing in it can steer a terminal."""
    rows = [line(alert.title), *([line(alert.text)] if alert.text else [])]
    rows += [f"  “{line(quote.sentence)}” ({_source(quote)})" for quote in alert.quotes]
    return "\n".join(rows)


def _source(quote: Quote) -> str:
    known = (quote.outlet or "outlet not known", (quote.published or "")[:10], quote.report, quote.url)
    return ", ".join(line(part) for part in known if part)


def _print(alert: Alert) -> None:
    sys.stdout.buffer.write(f"[{line(alert.rule)}] {plain(alert)}\n".encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


# -- mail -------------------------------------------------------------------------------------------------------------


def message(alert: Alert, channel: Channel) -> EmailMessage:
    """The alert as a mail; its Message-ID is made of the alert's id, so that a copy is known for one."""
    mail = EmailMessage()
    mail["Subject"] = line(f"{alert.title}")[:200]
    mail["From"], mail["To"] = channel.sender, ", ".join(channel.to)
    mail["Date"] = formatdate(localtime=False)
    mail["Message-ID"] = f"<{alert.id}@tensionwire.invalid>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Tensionwire-Alert"] = alert.id
    mail.set_content(f"{plain(alert)}\n\nRule: {line(alert.rule)}\nAlert: {alert.id}\n")
    return mail


def _mail(alert: Alert, channel: Channel) -> None:
    try:
        with _connected(channel) as server:
            if channel.user and channel.secret:
                server.login(channel.user, channel.secret)
            refused = server.send_message(message(alert, channel))
    except smtplib.SMTPResponseException as fault:
        raise NotSent(f"the mail server answered {fault.smtp_code}") from fault
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        raise NotSent(f"the mail server cannot be used ({type(fault).__name__})") from fault
    if refused:
        raise NotSent(f"the mail server refused {len(refused)} of {len(channel.to)} addresses")


def _connected(channel: Channel) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    if channel.security == "tls":
        return smtplib.SMTP_SSL(channel.server, channel.port, timeout=PATIENCE, context=safe)
    server = smtplib.SMTP(channel.server, channel.port, timeout=PATIENCE)
    if channel.security == "starttls":
        try:
            server.starttls(context=safe)
        except BaseException:
            server.close()
            raise
    return server


# -- webhook ----------------------------------------------------------------------------------------------------------


def signature(body: bytes, stamp: str, secret: str) -> str:
    """HMAC-SHA256 over the time of the call, a dot and the body.

    >>> signature(b"{}", "1491868800", "key")[:20]
    'sha256=ceaadbc395168'
    """
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _post(alert: Alert, channel: Channel, allow_private: bool) -> None:
    from tensionwire import __version__
    from tensionwire.read.fetch import Question, ask

    body = msgspec.json.encode(alert)
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"tensionwire/{__version__}",
        "Idempotency-Key": alert.id,
        "X-Tensionwire-Timestamp": stamp,
    }
    if channel.secret:
        headers["X-Tensionwire-Signature"] = signature(body, stamp, channel.secret)
    question = Question(url=channel.url or "", method="POST", headers=headers, content=body)
    try:
        # Not followed elsewhere: what is sent is for this address alone.
        answer = ask(question, follow=lambda here, there: False, allow_private=allow_private, max_bytes=1_000_000)
    except InputError as fault:
        raise NotSent(fault.why) from fault
    if not 200 <= answer.status < 300:
        raise NotSent(f"the webhook answered {answer.status}")


# -- RSS --------------------------------------------------------------------------------------------------------------


def feed(alerts: Sequence[tuple[Alert, str]], title: str) -> str:
    """Alerts with the moments they were found, as an RSS 2.0 feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{_xml(title)}</title><link>https://tensionwire.invalid/</link>"
        f"<description>{_xml(title)}</description>\n{''.join(_entry(*one) for one in alerts)}</channel></rss>\n"
    )


def _entry(alert: Alert, found: str) -> str:
    url = next((quote.url for quote in alert.quotes if quote.url), None)
    link = f"<link>{_xml(url)}</link>" if url and url.lower().startswith(("http://", "https://")) else ""
    when = format_datetime(datetime.fromisoformat(found))
    words = "".join(f"<p>{escape(visible(row))}</p>" for row in plain(alert).split("\n")[1:])
    return (
        f'<item><title>{_xml(line(alert.title))}</title>{link}<guid isPermaLink="false">{alert.id}</guid>'
        f"<pubDate>{when}</pubDate><category>{_xml(alert.kind)}</category>"
        f"<description>{_xml(words)}</description></item>\n"
    )


def _xml(text: str) -> str:
    return escape(visible(text), quote=True)


def write_feed(path: Path, alerts: Sequence[tuple[Alert, str]], title: str) -> None:
    """Write the feed so that a reader finds the old or the new one, never half of it; raises `NotSent`."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(feed(alerts, title), encoding="utf-8", errors="replace")
        part.replace(path)
    except OSError as fault:
        raise NotSent(f"{path} cannot be written ({fault.strerror})") from fault
    finally:
        part.unlink(missing_ok=True)
