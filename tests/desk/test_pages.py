"""Every page on a ledger of small records, asked without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from desk.story import hostile, told
from tensionwire.desk.app import make_app
from tensionwire.desk.identity import Role, User
from tensionwire.desk.settings import Settings
from tensionwire.ledger import Ledger

HOME = "http://127.0.0.1:8710"
PAGES = (
    "/", "/?day=2024-03-09", "/pairs", "/pair/NOR/ISL", "/pair/Norway/Iceland?issue=Iceland&ways=out", "/pair/NATO/ISL",
    "/incidents", "/incident/i5", "/actors", "/actor/NOR", "/actor/Norway", "/agenda", "/agenda?month=2024-02",
    "/map", "/map?since=2024-03-01&until=2024-03-10&type=assault", "/search", "/search?q=trawler", "/search?what=claims",
    "/search?what=figures", "/search?what=relations&actor=NOR", "/search?what=actors", "/api",
)  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A ledger with the story in it, on each kind of database."""
    found = str(tmp_path / "ledger.db") if request.param == "sqlite" else str(request.getfixturevalue("postgresql_url"))
    with Ledger.open(found) as ledger:
        told(ledger)
    return found


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A reader of a desk on a file."""
    with Ledger.open(str(tmp_path / "ledger.db")) as ledger:
        told(ledger)
    with reader(str(tmp_path / "ledger.db"), tmp_path) as found:
        yield found


def reader(url: str, folder: Path, user: User | None = None) -> TestClient:
    """Somebody who asks a desk."""
    app = make_app(Settings(ledger=url, folder=folder), identify=lambda request: user or User())
    return TestClient(app, base_url=HOME)


def test_every_page_is_there(url: str, tmp_path: Path) -> None:
    with reader(url, tmp_path) as client:
        for page in PAGES:
            answer = client.get(page)
            assert answer.status_code == 200, (page, answer.text[-500:])
            assert answer.text.startswith("<!DOCTYPE html>"), page


def test_an_empty_ledger_has_pages_too(tmp_path: Path) -> None:
    with reader(str(tmp_path / "empty.db"), tmp_path) as client:
        for page in PAGES:
            assert client.get(page).status_code == (404 if page in ("/incident/i5",) else 200), page


def test_headers_let_nothing_in_and_nobody_know(client: TestClient) -> None:
    for page in ("/", "/static/desk.css", "/nowhere", "/api/v1/incidents"):
        headers = client.get(page).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_pages_hold_no_script_or_style_of_their_own(client: TestClient) -> None:
    for page in PAGES:
        text = client.get(page).text
        assert "<style" not in text, page
        assert " style=" not in text, page
        assert "<script>" not in text, page
        assert "javascript:" not in text, page


def test_a_local_desk_answers_to_no_other_name(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8710"}).status_code == 200


def test_today_tells_moves_denials_counts_and_what_is_due(client: TestClient) -> None:
    text = client.get("/").text
    assert "Iceland – Norway" in text
    assert "its ship had opened fire" in text
    assert "≥ 5" in text
    assert "to meet in Oslo on March 14" in text
    assert 'class="spark"' in text


def test_the_parts_of_a_stretch_sum_to_its_levels(client: TestClient) -> None:
    answer = client.get("/api/v1/tension/NOR/ISL?from=2024-03-01&to=2024-03-11").json()
    levels = [p["level"] for p in answer["points"] if "2024-03-01" <= p["date"] <= "2024-03-11"]
    assert sum(part["value"] for part in answer["contributions"]) == sum(levels)
    page = client.get("/pair/NOR/ISL?from=2024-03-01&to=2024-03-11").text
    assert f"{sum(levels):+.3f}" in page


def test_only_the_stretch_is_sent_where_only_that_is_asked_for(client: TestClient) -> None:
    part = client.get(
        "/pair/NOR/ISL?from=2024-03-04&to=2024-03-04", headers={"hx-request": "true", "hx-target": "div#made"}
    )
    assert "<html" not in part.text
    assert "trawler" in part.text


def test_direction_matters(client: TestClient) -> None:
    out = client.get("/api/v1/tension/NOR/ISL?ways=out").json()
    back = client.get("/api/v1/tension/NOR/ISL?ways=in").json()
    assert sum(p["conflict"] for p in out["points"]) > 0
    assert sum(p["conflict"] for p in back["points"]) == 0


OWN = """
[[bloc]]
name = "Cod League"
also = ["the league"]
members = ["ISL", "DNK"]

[[issue]]
name = "Cod wars"
terms = ["trawler*"]
"""


def test_ones_own_blocs_and_issues_are_known(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "definitions.toml"
    monkeypatch.setenv("TENSIONWIRE_DEFINITIONS", str(file))
    with reader(url, tmp_path) as client:
        assert client.get("/pair/NOR/Cod League").status_code == 400
        before = client.get("/api/v1/tension/NOR/ISL").headers["etag"]
        file.write_text(OWN)
        page = client.get("/pair/NOR/Cod League?issue=Cod wars&from=2024-02-01&to=2024-03-31")
        assert page.status_code == 200, page.text
        assert 'over <span dir="auto">Cod wars</span>' in page.text
        assert "trawler" in page.text
        assert "quota" not in page.text
        assert '<option value="Cod League">your own' in client.get("/pairs").text
        assert client.get("/api/v1/tension/NOR/ISL").headers["etag"] != before
        levels = [client.get(f"/api/v1/tension/NOR/{side}").json()["points"] for side in ("the league", "ISL")]
        assert [one["level"] for one in levels[0]] == [one["level"] for one in levels[1]]
        for path in ("/actor/Cod League", "/search?what=incidents&actor=Cod League", "/map?issue=Cod wars",
                     "/api/v1/incidents?actor=NOR&other=Cod League&issue=Cod wars", "/agenda?actor=Cod League"):  # fmt: skip
            assert client.get(path).status_code == 200, path
        file.write_text(OWN.replace('"ISL", "DNK"', '"DNK"'))
        assert "trawler" not in client.get("/pair/NOR/Cod League?from=2024-02-01&to=2024-03-31").text
        file.write_text("[[bloc]]\nname = 3\n")
        broken = client.get("/pair/NOR/Cod League")
        assert broken.status_code == 400
        assert "definitions.toml" in broken.text
        assert client.get("/").status_code == 200


def test_a_pair_may_be_of_somebody_by_name(client: TestClient) -> None:
    assert client.get("/pair/Norway/Nobody At All").status_code == 400
    known = client.get("/api/v1/actors").json()["items"][0]["name"]
    assert client.get(f"/pair/{known}/ISL").status_code in (200, 400)


def test_an_incident_shows_accounts_counts_witnesses_and_sentences(client: TestClient) -> None:
    text = client.get("/incident/i5").text
    assert "done by Norway" in text
    assert "Denied by" in text
    assert "4 outlets, 2 origins" in text
    assert "narrower" in text
    assert "world.svg" in text
    assert text.count("why it is here") >= 4


def test_a_reader_sees_evidence_and_whoever_is_logged_in_the_whole(tmp_path: Path) -> None:
    url = str(tmp_path / "ledger.db")
    with Ledger.open(url) as ledger:
        keys = told(ledger)
    page = f"/report/{keys['denied1']}"
    with reader(url, tmp_path) as client:
        assert "inquiry into the cod banks" not in client.get(page).text
        assert "inquiry" not in client.get(f"/api/v1/reports/{keys['denied1']}").json()["text"]
    with reader(url, tmp_path, User(name="ada", role=Role.reader)) as client:
        assert "inquiry into the cod banks" in client.get(page).text
    with Ledger.open(url) as ledger:
        ledger.set_free("Fjord Wire")
    with reader(url, tmp_path) as client:
        assert "inquiry into the cod banks" in client.get(page).text


def test_words_and_records_are_linked_both_ways(client: TestClient) -> None:
    text = client.get("/report/r5").text
    for item in ("e1", "c1", "f1", "r1"):
        assert f'href="#{item}"' in text
        assert f'id="{item}"' in text
        assert f'id="t-{item}"' in text
        assert f'href="#t-{item}"' in text


def test_hostile_reports_are_shown_and_harmless(tmp_path: Path) -> None:
    url = str(tmp_path / "ledger.db")
    with Ledger.open(url) as ledger:
        told(ledger)
        key = ledger.add(hostile()).report
    pages = (*PAGES, f"/report/{key}", "/?day=2024-03-12", "/search?q=condemned", "/search?what=claims&status=denies")
    with reader(url, tmp_path, User(name="ada", role=Role.administrator)) as client:
        for page in pages:
            text = client.get(page).text
            assert "<script>alert" not in text, page
            assert "<img" not in text, page
            assert "<svg onload" not in text, page
            assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text, page
            assert "javascript:alert" not in text.replace("javascript:alert(1)</span>", ""), page
            assert "49" not in text or "{{7*7}}" in text or "onerror" not in text, page


def test_what_is_asked_comes_back_escaped(client: TestClient) -> None:
    attack = "<script>alert(1)</script>"
    for page in ("/search", "/actor/x", "/pair/NOR/ISL", "/map", "/agenda"):
        text = client.get(page, params={"q": attack, "issue": attack, "actor": attack, "outlet": attack}).text
        assert attack not in text
    assert attack not in client.get(f"/actor/{attack}").text


def test_wrong_questions_get_an_answer_that_helps(client: TestClient) -> None:
    for page, status, words in (
        ("/incident/i999", 404, "no such incident"),
        ("/incident/x", 400, "no key"),
        ("/report/r999", 404, "no such report"),
        ("/actor/Nobody At All", 404, "no such actor"),
        ("/pair/NOR/Xyzzy", 400, "is no country"),
        ("/pair/NOR/ISL?issue=Xyzzy", 400, "is no issue"),
        ("/?day=tomorrow", 400, "is no day"),
        ("/agenda?month=13", 400, "is no month"),
        ("/search?what=claims&since=yesterday", 400, "is no day"),
        ("/search?confidence=2", 422, "confidence"),
        ("/nowhere", 404, "Not Found"),
    ):
        answer = client.get(page)
        assert answer.status_code == status, (page, answer.text[-600:])
        assert words in answer.text, page
        api = client.get("/api/v1" + page.replace("/incident/", "/incidents/").replace("/report/", "/reports/"))
        assert api.headers["content-type"] == "application/json"


def test_search_as_csv_has_no_formulas(tmp_path: Path) -> None:
    url = str(tmp_path / "ledger.db")
    with Ledger.open(url) as ledger:
        told(ledger)
        ledger.add(hostile("=cmd"))
    with reader(url, tmp_path) as client:
        for what in ("incidents", "claims", "figures", "relations", "actors"):
            answer = client.get(f"/search.csv?what={what}")
            assert answer.headers["content-type"].startswith("text/csv")
            rows = answer.text.splitlines()
            assert len(rows) > 1, what
            assert not any(cell.startswith(("=", "@")) for row in rows for cell in row.split(",")), what


def test_the_agenda_is_a_calendar(client: TestClient) -> None:
    from icalendar import Calendar

    answer = client.get("/agenda.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 2


def test_adding_needs_an_editor(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/add").status_code == 401
    assert client.post("/add", data={"words": "x"}).status_code == 401
    with reader(str(tmp_path / "ledger.db"), tmp_path, User(name="ada", role=Role.reviewer)) as reviewer:
        assert reviewer.get("/add").status_code == 403


def test_what_is_pasted_is_coded_and_kept(tmp_path: Path) -> None:
    words = "Talks Fail\n\nNorway accused Iceland of firing on a trawler in Oslo on March 4, 2024."
    with reader(str(tmp_path / "ledger.db"), tmp_path, User(name="ada", role=Role.editor)) as client:
        answer = client.post(
            "/add", data={"words": words, "published": "2024-03-05", "outlet": "Post"}, follow_redirects=False
        )
        assert answer.status_code == 303, answer.text
        assert "Talks Fail" in client.get(answer.headers["location"]).text
        again = client.post("/api/v1/reports", json={"words": words, "published": "2024-03-05", "outlet": "Post"})
        assert again.status_code == 201
        assert again.json()["state"] == "known"


def test_what_cannot_be_read_leaves_the_form_filled_in(tmp_path: Path) -> None:
    with reader(str(tmp_path / "ledger.db"), tmp_path, User(name="ada", role=Role.editor)) as client:
        for fields in (
            {"url": "file:///etc/passwd"},
            {"url": "/etc/passwd"},
            {"words": "  "},
            {"url": "http://127.0.0.1:1/"},
        ):
            answer = client.post("/add", data={"title": "kept words", **fields})
            assert answer.status_code in (400, 422), answer.text[-500:]
            assert "kept words" in answer.text
            assert "root:" not in answer.text
