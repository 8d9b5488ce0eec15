"""A stream of events: one whenever the ledger has learnt something, so that pages can say so."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from tensionwire.desk.api.answering import RESPONSES
from tensionwire.desk.identity import Reader
from tensionwire.desk.state import Desk, Here
from tensionwire.errors import TensionwireError

router = APIRouter(prefix="/api/v1", tags=["live"], responses=RESPONSES)
EVERY: Final = 2.0  # seconds between looks
QUIET: Final = 15.0  # seconds after which a line shows that the stream lives
MOST: Final = 300  # streams at once


class Pulse:
    """The state of the ledger for all streams together: looked up once in a while, however many listen."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._stamp, self._at = desk, "", 0.0
        self.listeners = 0

    async def stamp(self) -> str:
        """The state, at most `EVERY` seconds old; the last one known where the ledger cannot be asked."""
        if time.monotonic() - self._at > EVERY / 2:
            self._at = time.monotonic()
            with suppress(TensionwireError):
                self._stamp = await run_in_threadpool(self._desk.ledger.stamp)
        return self._stamp


TOLD: Final = {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "An endless stream."}


@router.get("/stream", response_class=StreamingResponse, responses={200: TOLD})
async def stream(request: Request, user: Reader, desk: Here) -> StreamingResponse:
    """Server-sent events: `ledger` with `{"stamp": ...}`, at once and whenever something was added or judged."""
    pulse = _pulse(request, desk)
    if pulse.listeners >= MOST:
        raise HTTPException(503, "Too many pages listen; this one will not be told of news.", {"retry-after": "60"})
    return StreamingResponse(
        _events(request, pulse), media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )  # fmt: skip


def _pulse(request: Request, desk: Desk) -> Pulse:
    found = getattr(request.app.state, "pulse", None)
    if not isinstance(found, Pulse):
        request.app.state.pulse = found = Pulse(desk)
    return found


async def _events(request: Request, pulse: Pulse) -> AsyncIterator[str]:
    pulse.listeners += 1
    try:
        told, at = None, time.monotonic()
        while not await request.is_disconnected():
            stamp = await pulse.stamp()
            if stamp != told:
                told, at = stamp, time.monotonic()
                yield f"id: {stamp}\nevent: ledger\ndata: {json.dumps({'stamp': stamp})}\n\n"
            elif time.monotonic() - at > QUIET:
                at = time.monotonic()
                yield ": still here\n\n"
            await asyncio.sleep(EVERY)
    finally:
        pulse.listeners -= 1
