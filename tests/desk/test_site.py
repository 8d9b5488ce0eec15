"""The static site: complete, harmless, no more than it may show, and signed so that any change is seen."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from desk.story import hostile, told
from tensionwire.cli.app import app
from tensionwire.desk.settings import Settings
from tensionwire.desk.site.addresses import between, page_file, static_file, tidy
from tensionwire.desk.site.exporting import export_site
from tensionwire.desk.site.pages import standing
from tensionwire.desk.site.signing import MANIFEST, check, files_of, public_words, signing_key
from tensionwire.errors import InputError, UsageError
from tensionwire.ledger import Ledger

SECRET = "The coast guard of Iceland counted the dead"  # a sentence that proves nothing


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story as a site; its key lies beside it."""
    folder = tmp_path_factory.mktemp("site")
    with Ledger.open(folder / "ledger.db") as ledger:
        told(ledger)
        ledger.add(hostile())
    export_site(folder / "site", Settings(ledger=str(folder / "ledger.db"), folder=folder / "own"))
    return folder / "site"


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """A copy to be tampered with."""
    import shutil

    return Path(shutil.copytree(site, tmp_path / "copy"))


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    pages = [name for name in files_of(site) if name.endswith(".html")]
    assert {"index.html", "pairs.html", "actors.html", "agenda.html", "map.html"} <= set(pages)
    assert any(name.startswith("incident/") for name in pages)
    _all_links_lead_somewhere(site)


def test_no_page_has_a_script_a_form_or_asks_anybody(site: Path) -> None:
    for name in files_of(site):
        if name.endswith(".html"):
            text = (site / name).read_text(encoding="utf-8")
            assert not re.search(r"<(script|form|iframe|object|embed|img)\b", text), name
            assert not re.search(r'\s(on\w+|hx-\w+|src|action|style)="', text), name
            assert "Content-Security-Policy" in text
            assert 'href="javascript:' not in text.lower()


def test_only_sentences_that_prove_something_are_written_unless_the_outlet_is_free(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        told(ledger)
    settings = Settings(ledger=str(tmp_path / "ledger.db"), folder=tmp_path / "own")
    first = export_site(tmp_path / "site", settings)
    assert not _holds(tmp_path / "site", SECRET)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.set_free("Basalt Times", by="Ada")
    again = export_site(tmp_path / "site", settings)
    assert _holds(tmp_path / "site", SECRET)
    assert first.key == again.key
    assert check(tmp_path / "site", first.key).faults == ()


def test_a_site_is_as_it_was_signed(site: Path) -> None:
    key = public_words(signing_key(site.parent / "own"))
    found = check(site, key)
    assert found.faults == ()
    assert found.files == len(list(files_of(site))) - 2
    assert (site.parent / "own" / "site.key").stat().st_mode & 0o077 == 0


def _append(site: Path) -> str:
    with (site / "index.html").open("a") as page:
        page.write(" ")
    return "index.html: was changed"


def _remove(site: Path) -> str:
    (site / "map.html").unlink()
    return "map.html: is missing"


def _add(site: Path) -> str:
    (site / "extra.html").write_text("x")
    return "extra.html: was added"


def _link(site: Path) -> str:
    (site / "map.html").rename(site.parent / "map.html")
    (site / "map.html").symlink_to(site.parent / "map.html")
    return "map.html: is a link"


def _linked_folder(site: Path) -> str:
    (site / "static").rename(site.parent / "static")
    (site / "static").symlink_to(site.parent / "static")
    return "static/desk.css: is a link"


def _rewrite(site: Path) -> str:
    """Change a page and its hash, but not the signature."""
    path = site / MANIFEST
    manifest = json.loads(path.read_text())
    (site / "index.html").write_text("<!DOCTYPE html>lies")
    from tensionwire.desk.site.signing import digest

    manifest["files"]["index.html"] = digest(site / "index.html")
    path.write_text(json.dumps(manifest))
    return "manifest.sig: is not the signature"


def _escape(site: Path) -> str:
    path = site / MANIFEST
    manifest = json.loads(path.read_text())
    manifest["files"]["../../etc/passwd"] = "0" * 64
    path.write_text(json.dumps(manifest))
    return "'../../etc/passwd': leads out of the folder"


@pytest.mark.parametrize("tamper", [_append, _remove, _add, _link, _linked_folder, _rewrite, _escape])
def test_whatever_was_changed_is_told(copy: Path, tamper: Callable[[Path], str]) -> None:
    fault = tamper(copy)
    assert any(fault in one for one in check(copy).faults), check(copy).faults


def test_a_site_signed_anew_by_somebody_else_is_told_from_the_key_that_is_known(copy: Path, site: Path) -> None:
    from tensionwire.desk.site.signing import sign

    (copy / "index.html").write_text("<!DOCTYPE html>lies")
    sign(copy, signing_key(copy.parent / "theirs"), "2024-01-01T00:00:00Z")
    assert check(copy).faults == ()
    assert len(check(copy, public_words(signing_key(site.parent / "own"))).faults) == 2


@pytest.mark.parametrize("given", ["", "{}", "[1]", '{"format": 1}', "\x00"])
def test_what_is_no_manifest_is_told(tmp_path: Path, given: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        check(tmp_path)
    (tmp_path / MANIFEST).write_text(given)
    (tmp_path / "manifest.sig").write_text("")
    with pytest.raises(InputError, match="no manifest"):
        check(tmp_path)


@pytest.mark.parametrize("key", ["", "x", "AAAA", "é" * 44])
def test_what_is_no_key_fits_nothing(site: Path, key: str) -> None:
    assert check(site, key).faults != () or key == ""


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="something else"):
        export_site(tmp_path, Settings(ledger=str(tmp_path / "ledger.db"), folder=tmp_path / "own"))
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="no folder"):
        export_site(tmp_path / "site", Settings(ledger=str(tmp_path / "ledger.db"), folder=tmp_path / "own"))


def test_too_many_pages_are_cut_and_links_to_them_go(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        told(ledger)
    settings = Settings(ledger=str(tmp_path / "ledger.db"), folder=tmp_path / "own")
    done = export_site(tmp_path / "site", settings, most=5)
    assert done.pages == 5
    assert done.left_out > 0
    _all_links_lead_somewhere(tmp_path / "site")


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        told(ledger)
    run = CliRunner().invoke
    done = run(
        app, ["export-site", str(tmp_path / "site"), "--ledger", str(tmp_path / "ledger.db"), "--max-pages", "8"]
    )
    assert done.exit_code == 0, done.output
    key = done.stdout.rpartition("public key: ")[2].strip()
    assert run(app, ["verify-site", str(tmp_path / "site"), "--key", key]).exit_code == 0
    (tmp_path / "site" / "index.html").write_text("lies")
    assert run(app, ["verify-site", str(tmp_path / "site")]).exit_code == 1
    assert run(app, ["verify-site", str(tmp_path / "nothing")]).exit_code != 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_address_leads_out_of_the_folder(path: str, query: str) -> None:
    from urllib.parse import quote

    for address in (f"/{quote(path)}", f"/actor/{quote(path, safe='')}?x={quote(query)}", f"/{path}"):
        if (one := tidy(address)) is not None:
            name = page_file(one)
            parts = name.split("/")
            assert not name.startswith("/")
            assert not {"", ".", ".."} & set(parts)
            assert re.fullmatch(r"[A-Za-z0-9_./-]+", name)


@given(st.sets(st.text(alphabet="aAbB/.%é -", min_size=1, max_size=6), min_size=2, max_size=6))
def test_two_addresses_are_never_one_file(words: set[str]) -> None:
    from urllib.parse import quote

    addresses = {f"/actor/{quote(one, safe='')}" for one in words}
    assert len({page_file(one).lower() for one in addresses}) == len(addresses)


@pytest.mark.parametrize("address", ["/static/../ledger.db", "/static/%2e%2e/x", "/static/a/b.css", "/static/", "/x"])
def test_only_files_of_the_desk_are_taken_for_such(address: str) -> None:
    assert static_file(address) is None


def test_a_page_that_tries_everything_stands_alone_harmlessly() -> None:
    html = b"""<!DOCTYPE html><html><head><base href="https://evil.example/"></head><body onload="x()">
    <a href="javascript:alert(1)">a</a><a href="//evil.example">b</a><a href="https://news.example/x">c</a>
    <img src="https://evil.example/pixel.gif"><script>alert(1)</script><form action="/x"><button>go</button></form>
    <svg><a xlink:href="javascript:alert(2)"><text>t</text></a></svg><link rel="stylesheet" href="https://evil.example/x.css">
    <iframe src="https://evil.example"></iframe></body></html>"""
    made = standing(html, "/report/r1", lambda address: None, "note").html.decode()
    for bad in ("evil.example", "javascript:", "<script", "<form", "onload", "<iframe", "<base"):
        assert bad not in made, bad
    assert 'href="https://news.example/x"' in made


def test_the_way_between_files() -> None:
    assert between("report/r1.html", "report/r2.html") == "r2.html"
    assert between("index.html", "index.html") == "index.html"


def _holds(site: Path, words: str) -> bool:
    return any(words in (site / name).read_text(encoding="utf-8") for name in files_of(site) if name.endswith(".html"))


def _all_links_lead_somewhere(site: Path) -> None:
    for name in files_of(site):
        if name.endswith(".html"):
            for link in re.findall(r'href="([^"#:]+)[^"]*"', (site / name).read_text(encoding="utf-8")):
                assert (site / os.path.normpath(os.path.join(os.path.dirname(name), link))).is_file(), (name, link)
