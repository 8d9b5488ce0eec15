"""The tables. `docs/reference/ledger.md` tells what each is for; the search index is the dialect's own.

Rows that say what is known carry `added`, the moment (a row of `moments`) at which the ledger learnt them, and those
that can be taken back `retracted`, empty as long as they hold. Nothing else of a row ever changes, but for what
`forget` erases. Days are ordinals (1 is 1 January of year 1, 0 unknown), so that they sort and take three bytes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

metadata = MetaData()
Number = BigInteger().with_variant(Integer, "sqlite")  # in SQLite only INTEGER is the row's own number


def _id() -> Column[Any]:
    return Column("id", Number, primary_key=True, autoincrement=False)


def _known(*, for_good: bool = False) -> list[Column[Any]]:
    added = Column("added", Number, nullable=False)
    return [added] if for_good else [added, Column("retracted", Number)]


meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

moments = Table(
    "moments", metadata, _id(),
    Column("at", BigInteger, nullable=False, unique=True),  # microseconds since 1970, UTC, always growing
    Column("kind", Text, nullable=False),  # add, table, forget, judge, outlet
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)  # fmt: skip

texts = Table(
    "texts", metadata,
    Column("hash", Text, primary_key=True),  # SHA-256, hex
    Column("body", LargeBinary),  # deflated UTF-8; NULL once forgotten
    *_known(for_good=True),
    Column("erased", Number),
)  # fmt: skip

reports = Table(
    "reports", metadata, _id(),
    Column("kind", Text, nullable=False),  # report, or table: an event table taken in
    Column("hash", Text, nullable=False),
    Column("doc_id", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", Text),
    Column("day", Integer, nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("language", Text),
    Column("agencies", Text, nullable=False),  # JSON
    Column("topic", Text, nullable=False),  # JSON: the words that mark the report
    Column("signature", LargeBinary),  # MinHash
    Column("words", Integer, nullable=False),
    Column("origin", Number, nullable=False),  # the first report that printed this text
    Column("origin_reason", Text, nullable=False),
    *_known(for_good=True),
    Index("reports_hash", "hash"),
    Index("reports_url", "url"),
    Index("reports_day", "day", "origin", "added", "kind"),
    Index("reports_added", "added"),
)  # fmt: skip

# How many origins of an event table came out on a day.
table_days = Table(
    "table_days", metadata,
    Column("report", Number, nullable=False), Column("day", Integer, nullable=False),
    Column("origins", Integer, nullable=False), *_known(for_good=True),
    PrimaryKeyConstraint("report", "day"), sqlite_with_rowid=False,
)  # fmt: skip

bands = Table(
    "bands", metadata,
    Column("key", BigInteger, nullable=False), Column("report", Number, nullable=False),
    PrimaryKeyConstraint("key", "report"), sqlite_with_rowid=False,
)  # fmt: skip

codings = Table(
    "codings", metadata, _id(),
    Column("report", Number, nullable=False),
    Column("coder", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),  # deflated JSON of the record without its text
    Column("erased", Number),  # when its words were forgotten
    *_known(),
    Index("codings_report", "report"),
)  # fmt: skip

tellings = Table(
    "tellings", metadata, _id(),
    Column("report", Number, nullable=False),
    Column("event", Text, nullable=False),
    Column("incident", Number, nullable=False),  # the telling that founded it
    Column("probability", Float),  # of the link to that incident; NULL for the founder
    Column("reasons", Text, nullable=False),  # JSON
    Column("linked_by", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),  # 1: new tellings are held against it
    Column("type", Text, nullable=False),
    Column("quad", SmallInteger, nullable=False),
    Column("score", Float, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),
    Column("contexts", Text, nullable=False),  # JSON
    Column("actor", Text, nullable=False),  # JSON
    Column("recipient", Text, nullable=False),  # JSON
    Column("first", Text),
    Column("last", Text),
    Column("published", Text),
    Column("day", Integer, nullable=False),  # `first`, else `published`
    Column("end", Integer, nullable=False),  # `last`, else `published`
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", Text),
    Column("trigger", Text, nullable=False),
    Column("start", Integer, nullable=False),  # of the trigger in the text; -1 in a table
    Column("sentence", Text, nullable=False),
    Column("outlet", Text),  # only in a table, whose rows may have their own; else the report's
    Column("origin", Text),  # the same
    Column("confidence", Float, nullable=False),
    *_known(),
    Index("tellings_report", "report"),
    Index("tellings_incident", "incident", "stands"),
    Index("tellings_day", "day"),
)  # fmt: skip

# One row for whatever a telling can be asked by: actor, pair, place, type, outlet (see marks.py).
marks = Table(
    "marks", metadata,
    Column("key", Text, nullable=False), Column("day", Integer, nullable=False),
    Column("telling", Number, nullable=False),
    PrimaryKeyConstraint("key", "day", "telling"), sqlite_with_rowid=False,
)  # fmt: skip

# One row for whatever may show that a new telling is of the same incident.
link_keys = Table(
    "link_keys", metadata,
    Column("key", BigInteger, nullable=False), Column("incident", Number, nullable=False),
    PrimaryKeyConstraint("key", "incident"), sqlite_with_rowid=False,
)  # fmt: skip

# Claims, figures, relations and agenda items: what they are asked by. Their words are in the coding.
items = Table(
    "items", metadata, _id(),
    Column("kind", Text, nullable=False),
    Column("report", Number, nullable=False),
    Column("coding", Number, nullable=False),
    Column("item", Text, nullable=False),
    Column("telling", Number),  # the telling that it is about
    Column("state", Text, nullable=False),  # stance of a claim, sign of a tie, status of an agenda item
    Column("day", Integer, nullable=False),  # of an agenda item the first day planned; else of publication
    Column("end", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    *_known(),
    Index("items_report", "report"),
    Index("items_kind", "kind", "day"),
    Index("items_telling", "telling"),
)  # fmt: skip

item_marks = Table(
    "item_marks", metadata,
    Column("key", Text, nullable=False), Column("day", Integer, nullable=False),
    Column("item", Number, nullable=False),
    PrimaryKeyConstraint("key", "day", "item"), sqlite_with_rowid=False,
)  # fmt: skip

mentions = Table(
    "mentions", metadata, _id(),
    Column("report", Number, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("code", Text),
    Column("sector", Text),
    Column("office", Text),
    Column("wikidata", Text),
    Column("count", Integer, nullable=False),
    *_known(),
    Index("mentions_report", "report"),
    Index("mentions_folded", "folded"),
    Index("mentions_code", "code"),
)  # fmt: skip

judgements = Table(
    "judgements", metadata, _id(),
    Column("kind", Text, nullable=False),  # move, confirm, reject
    Column("telling", Number),
    Column("item", Number),
    Column("incident", Number),  # where a telling was moved to
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    *_known(),
    Index("judgements_telling", "telling"),
    Index("judgements_item", "item"),
    Index("judgements_incident", "incident"),
)  # fmt: skip

outlets = Table(
    "outlets", metadata, _id(),
    Column("name", Text, nullable=False),
    Column("free", SmallInteger, nullable=False),
    *_known(),
)  # fmt: skip

# What persons said of single items of a coding, each for themselves; see reviewing.py.
verdicts = Table(
    "verdicts", metadata, _id(),
    Column("report", Number, nullable=False),
    Column("coding", Number, nullable=False),  # the coder's own, on which it was said
    Column("item", Text, nullable=False),
    Column("kind", Text, nullable=False),  # confirm, correct, reject
    Column("value", Text),  # JSON: the fields that were corrected; NULL once forgotten
    Column("final", SmallInteger, nullable=False),  # 1: settles a disagreement
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    *_known(),
    Index("verdicts_report", "report"),
)  # fmt: skip
