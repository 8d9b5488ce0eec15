"""Event tables of others, read row by row into tellings."""

from tensionwire.measure.tables.reading import Tally, read_table, table_name
from tensionwire.measure.tables.together import incidents_of

__all__ = ["Tally", "incidents_of", "read_table", "table_name"]
