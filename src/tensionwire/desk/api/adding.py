"""Adding a report by the API."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from tensionwire.desk.adding import LONGEST, Pasted, added
from tensionwire.desk.api.answering import RESPONSES
from tensionwire.desk.identity import Editor
from tensionwire.desk.state import Here
from tensionwire.ledger import Added

router = APIRouter(prefix="/api/v1", tags=["items"], responses=RESPONSES)
Short = Annotated[str, Field(max_length=2_000)]


class Posted(BaseModel):
    """A report to code and keep: its `words` (text or HTML), or the `url` to fetch it from."""

    model_config = ConfigDict(extra="forbid")

    words: Annotated[str, Field(max_length=LONGEST)] = ""
    url: Short = ""
    title: Short = ""
    outlet: Short = ""
    published: Annotated[str, Field(max_length=40, description="Where the text does not say it.")] = ""


@router.post("/reports", status_code=201, response_model=Added)
def add(user: Editor, desk: Here, posted: Posted) -> Any:
    """Read, code and keep a report; one that is there already changes nothing (`state` says so)."""
    found = added(desk.ledger, Pasted(**posted.model_dump()))
    desk.kept.clear()
    return found
