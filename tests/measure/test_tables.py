"""Event tables of others, as they come."""

from __future__ import annotations

import contextlib
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensionwire.errors import InputError, TensionwireError, UsageError
from tensionwire.measure.tables import Tally, incidents_of, read_table
from tensionwire.measure.tables.cells import cells
from tensionwire.measure.tables.coding import Codes
from tensionwire.measure.tables.parties import Parties
from tensionwire.records import Telling

SAMPLES = Path(__file__).parents[3] / "shared/corpora/event_series"
TRIPLES = "date\tsource\tcameo_code\ttarget\n"


def read(path: Path, **more: object) -> tuple[list[Telling], Tally, list[str]]:
    tally, told = Tally(), []
    rows = list(read_table(path, tally=tally, on_error=lambda _, error: told.append(str(error)), **more))  # type: ignore[arg-type]
    return rows, tally, told


def written(folder: Path, text: str | bytes, name: str = "table.tsv") -> Path:
    path = folder / name
    data = text.encode() if isinstance(text, str) else text
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["table.tsv", "table.tsv.gz"])
def test_rows_of_triples_are_known_as_they_are(tmp_path: Path, name: str) -> None:
    rows, tally, _ = read(written(tmp_path, TRIPLES + "2014-03-05\tMilitary (Russia)\t138\tMilitary (Ukraine)\n", name))
    assert (rows[0].actor[0].code, rows[0].recipient[0].code, rows[0].type) == ("RUS", "UKR", "THREATEN")
    assert (rows[0].first, rows[0].report, rows[0].event, rows[0].coded) == ("2014-03-05", "table:table", "2", False)
    assert (tally.format, tally.told) == ("triples", 1)


def test_bad_rows_are_told_with_their_lines_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = TRIPLES + (
        "2014-13-05\tRussia\t138\tUkraine\n2014-03-05\tRussia\t999\tUkraine\n2014-03-05\tRussia\n"
        "2014-03-05\tRussia\t010\tUkraine\n\n2014-03-06\tRussia\t190\tUkraine\n"
    )
    rows, tally, told = read(written(tmp_path, text))
    assert [row.event for row in rows] == ["7"]
    assert (tally.bad, tally.no_act, tally.told) == (3, 1, 1)
    assert ["line 2" in told[0], "line 3" in told[1], "line 4" in told[2]] == [True] * 3


def test_a_map_names_the_columns(tmp_path: Path) -> None:
    path = written(tmp_path, 'day;who;whom;code;words\n20170404;"Russia";UKR;190;"a; b"\n', "t.csv")
    given = {"date": "day", "actor": "who", "recipient": "whom", "cameo": "code", "sentence": "words"}
    rows, _, _ = read(path, given=given)
    assert (rows[0].first, rows[0].sentence, rows[0].recipient[0].code) == ("2017-04-04", "a; b", "UKR")


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [
        ({"date": "day"}, UsageError, "actor"), ({"dat": "day"}, UsageError, "no such field"),
        ({"date": "x", "actor": "who", "recipient": "whom", "cameo": "code"}, InputError, "no column 'x'"),
        (None, InputError, "--map"),
    ],
)  # fmt: skip
def test_a_map_that_will_not_do(
    tmp_path: Path, given: dict[str, str] | None, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        read(written(tmp_path, "day,who,whom,code\n1,2,3,4\n", "t.csv"), given=given)


def test_damaged_and_empty_and_missing_files(tmp_path: Path) -> None:
    packed = gzip.compress((TRIPLES + "2014-03-05\tRussia\t190\tUkraine\n" * 5000).encode())
    with pytest.raises(InputError, match="packing"):
        read(written(tmp_path, packed[: len(packed) // 2], "cut.tsv"))
    with pytest.raises(InputError, match="empty"):
        read(written(tmp_path, ""))
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "nowhere.tsv")
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path)


@given(data=st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_clear_error(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("t") / "any.tsv"
    path.write_bytes(TRIPLES.encode() + data)
    with contextlib.suppress(TensionwireError):
        read(path)


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("Military (Russia)", "", "RUS"), ("Russia", "", "RUS"), ("Lawyer (Holy See (Vatican City State))", "", "VAT"),
        ("Member of Legislative (Govt) (Nigeria)", "", "NGA"), ("Citizen (Palestinian Territory, Occupied)", "", "PSE"),
        ("Militant (Taliban)", "", "AFG"), ("Boko Haram", "", "NGA"), ("Arseniy Yatsenyuk", "", "UKR"),
        ("Media (Africa)", "", None), ("Somebody Unheard Of", "", None), ("Aso Taro", "Japan", "JPN"),
        ("POLICE", "DEU", "DEU"), ("x", "Russian Federation", "RUS"), ("Police Forces of Argentina (2019-)", "", "ARG"),
        ("Military Forces of Mali (2021-)", "", "MLI"), ("None", "None", "-"), ("", "", "-"),
    ],
)  # fmt: skip
def test_whom_a_name_means(name: str, country: str, code: str | None) -> None:
    party = Parties().party(name, country, "2014-06-01")
    assert (party.code if party else "-") == code


def test_an_office_of_the_day_says_more_than_what_somebody_is_known_for() -> None:
    party = Parties().party("Mikheil Saakashvili", "", "2016-03-01")
    assert party is not None
    assert party.code == "UKR"


@pytest.mark.parametrize(
    ("code", "type", "score"),
    [("190", "ASSAULT", -9.0), ("0431", "CONSULT", 4.0), ("042", "CONSULT", 4.0), ("173", "COERCE", -7.0)],
)
def test_cameo_codes(code: str, type: str, score: float) -> None:
    coded = Codes().cameo(code)
    assert coded is not None
    assert coded.type == type


def test_visits_are_turned_round(tmp_path: Path) -> None:
    rows, _, _ = read(written(tmp_path, TRIPLES + "2014-03-05\tChina\t043\tJapan\n"))
    assert (rows[0].actor[0].code, rows[0].recipient[0].code) == ("JPN", "CHN")


def test_a_meeting_that_stands_twice_is_one(tmp_path: Path) -> None:
    text = TRIPLES + "2014-03-05\tChina\t036\tJapan\n2014-03-05\tJapan\t036\tChina\n2014-03-05\tJapan\t190\tChina\n"
    found = incidents_of(read(written(tmp_path, text))[0])
    assert [(len(one.tellings), len(one.origins)) for one in found] == [(2, 1), (1, 1)]


def test_polecat(tmp_path: Path) -> None:
    names = (
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tContexts\tActor Name\tActor Country\tRecipient Name\t"
        "Recipient Country\tSource\tPublication Date"
    )
    row = "1\t2023-01-04\tCONSULT\tvisit\tdiplomatic; economic\tLi\tCHN\tNone\tRUS\tReuters\t2023-01-05"
    rows, tally, _ = read(written(tmp_path, f"{names}\n{row}\n"))
    assert tally.format == "polecat"
    assert (rows[0].contexts, rows[0].score, rows[0].published) == (("diplomatic", "economic"), 4.0, "2023-01-05")
    assert (rows[0].actor[0].code, rows[0].recipient[0].code, rows[0].outlet) == ("CHN", "RUS", "Reuters")


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n"x\ny",1\nz,2\n', "t.csv")
    assert list(cells(path)) == [(1, ["a", "b"]), (3, ["x\ny", "1"]), (4, ["z", "2"])]


@pytest.mark.shared
@pytest.mark.skipif(not SAMPLES.exists(), reason="needs shared/corpora/event_series")
@pytest.mark.parametrize(
    ("name", "format", "told"),
    [
        ("native_samples/icews_events.2018.sample.tab.gz", "icews", 2897),
        ("native_samples/gdelt2_20191024143000.export.CSV.gz", "gdelt2", 1683),
        ("native_samples/acled_sample_326.csv", "acled", 326),
    ],
)
def test_real_tables(name: str, format: str, told: int) -> None:
    rows, tally, errors = read(SAMPLES / name)
    assert (tally.format, len(rows), errors) == (format, told, [])
    assert sum(bool(row.actor and row.actor[0].code) for row in rows) > len(rows) / 2
