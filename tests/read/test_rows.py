"""JSON Lines, JSON, CSV, TSV and PETRARCH XML: the text to the letter, one failure a broken row, nothing held."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from tensionwire.errors import InputError
from tensionwire.read import InputFailure, article, read, read_all
from tensionwire.records import Report, content_hash


def outcomes(path: Path, **options: object) -> list[Report | InputFailure]:
    return list(read_all([path], **options))  # type: ignore[arg-type]


def told(found: list[Report | InputFailure]) -> list[str]:
    """Texts of reports, and why others failed."""
    whys = (one.text if isinstance(one, Report) else f"{Path(one.source).name} {one.error.why}" for one in found)
    return [why.partition(" (")[0] if why.startswith("a.jsonl:") else why for why in whys]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


LETTER = "  please wait\n\n\tShare\r\n \u00a0“Zürich” \u202eabc\u202c — 0:00 \u200b\n"


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv"])
def test_the_text_is_kept_to_the_letter(tmp_path: Path, name: str) -> None:
    row = {
        "doc_id": "x-1",
        "published": "2017-04-11",
        "title": "T",
        "text": LETTER,
        "url": "https://a.example/1",
        "outlet": "Post",
        "language": "de",
    }
    if name.endswith("json"):
        content = json.dumps([row], indent=1)
    elif name.endswith("jsonl"):
        content = json.dumps(row) + "\n"
    else:
        mark = "," if name == "a.csv" else "\t"
        quoted = [f'"{value}"' for value in row.values()]
        content = mark.join(row) + "\r\n" + mark.join(quoted) + "\r\n"
    report = read(write(tmp_path, name, content))
    assert report.text == LETTER
    assert report.content_hash == content_hash(LETTER)
    assert (report.doc_id, report.published, report.title, report.url) == (
        "x-1",
        "2017-04-11",
        "T",
        "https://a.example/1",
    )
    assert (report.outlet, report.language, report.subheads) == ("Post", "de", ())


def test_broken_lines_fail_alone(tmp_path: Path) -> None:
    lines = [
        b'{"id": 1, "text": "One."}',
        b'{"id": 2, "text": "Two',
        b"",
        b'{"id": 4, "text": ""}',
        b'{"id": 5, "body": "x"}',
        b'["x"]',
        b'{"id": 7, "text": ["x"]}',
        b'{"id": 8, "text": null}',
        b'{"id": 9, "text": "\xff"}',
        b'{"id": 10, "text": "\\ud83d"}',
        b"[" * 5000,
        b'{"id": 12, "text": "Twelve."}',
    ]
    assert told(outcomes(write(tmp_path, "a.jsonl", b"\n".join(lines)))) == [
        "One.",
        "a.jsonl:2 the line breaks off: it is truncated JSON",
        "a.jsonl:4 its text is empty",
        "a.jsonl:5 there is no key 'text' among 'id', 'body'",
        "a.jsonl:6 it is a list, not an object",
        "a.jsonl:7 its text is a list, not a string",
        "a.jsonl:8 its text is missing",
        "a.jsonl:9 it is not UTF-8 at character 19",
        "a.jsonl:10 it is not JSON",
        "a.jsonl:11 it is not JSON",
        "Twelve.",
    ]
    failures = [one for one in outcomes(tmp_path / "a.jsonl") if isinstance(one, InputFailure)]
    assert len(failures) == 9
    assert all(one.error.todo for one in failures)


def test_the_last_line_may_break_off(tmp_path: Path) -> None:
    found = told(outcomes(write(tmp_path, "a.jsonl", '{"text": "One."}\n{"text": "Tw')))
    assert found == ["One.", "a.jsonl:2 the line breaks off: it is truncated JSON"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_rows_with_a_mark(tmp_path: Path, encoding: str, name: str) -> None:
    content = '{"id": "a", "text": "Zürich."}\n' if name == "a.jsonl" else "id,text\na,Zürich.\n"
    report = read(write(tmp_path, name, content.encode(encoding)))
    assert (report.doc_id, report.text) == ("a", "Zürich.")


def test_json_of_one_article_of_many_and_of_lines(tmp_path: Path) -> None:
    assert told(outcomes(write(tmp_path, "a.json", '{\n "text": "One."\n}'))) == ["One."]
    assert told(outcomes(write(tmp_path, "b.json", '[{"text": "One."}, {"text": "Two."}]'))) == ["One.", "Two."]
    assert told(outcomes(write(tmp_path, "c.json", '{"text": "One."}\n{"text": "Two."}\n'))) == ["One.", "Two."]
    assert "it is not JSON" in told(outcomes(write(tmp_path, "d.json", '[{"text": "One."},')))[0]
    assert told(outcomes(write(tmp_path, "e.json", '{"a": 1}'))) == ["e.json:1 there is no key 'text' among 'a'"]


def test_columns_are_found_and_mapped(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "Nr;Body;When;Lang\n7;Der Gesandte ging.;11.04.2017;German\n")
    report = read(path, columns={"doc_id": "nr", "text": "Body", "published": "when"})
    assert (report.doc_id, report.published, report.language) == ("7", "2017-04-11", "de")


def test_a_table_without_a_text_column_names_what_it_has(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,body\n1,x\n2,y\n")
    with pytest.raises(InputError, match=r"there is no column 'text' among 'id', 'body'; .*text=COLUMN") as caught:
        read(path)
    assert caught.value.what == str(path)
    with pytest.raises(InputError, match="no column 'content' among 'id', 'body'"):
        read(path, columns={"text": "content"})


def test_rows_of_a_table(tmp_path: Path) -> None:
    content = 'id,text,published\n1,"One, ""two""\nthree.",2017-04-11\n\n2\n3,Four.,04/05/2017\n4,\xff,\n'.encode(
        "latin-1"
    )
    found = outcomes(write(tmp_path, "a.csv", content.replace(b"One", "Öne".encode())))
    assert told(found) == [
        'Öne, "two"\nthree.',
        "a.csv:3 its text is empty",
        "Four.",
        "a.csv:5 it is not in the encoding of the file",
    ]
    assert isinstance(found[2], Report)
    assert found[2].published_reason == "'04/05/2017' is not a date that can be read without guessing"


def test_a_table_in_windows_1252(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.csv", "id,text\n1,Zürich.\n".encode("cp1252"))).text == "Zürich."


def test_a_long_field_is_read(tmp_path: Path) -> None:
    assert len(read(write(tmp_path, "a.csv", f"id,text\n1,{'word ' * 100_000}\n")).text) == 500_000


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json"])
def test_a_row_above_the_limit(tmp_path: Path, name: str) -> None:
    long = "x" * 3000
    content = {
        "a.csv": f'id,text\n1,One.\n2,"{long}\n3,Three.\n',
        "a.jsonl": f'{{"text": "One."}}\n{{"text": "{long}"}}\n{{"text": "Three."}}\n',
        "a.json": f'[{{"text": "{long}"}}]',
    }[name]
    found = told(outcomes(write(tmp_path, name, content), max_bytes=1000))
    assert any("larger than" in one for one in found)
    assert name == "a.json" or found[0] == "One."
    assert name != "a.jsonl" or found[-1] == "Three."


def test_rows_without_an_id_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    one = write(tmp_path, "a.jsonl", '{"text": "One."}\n{"text": "Two.", "id": " "}\n')
    two = write(tmp_path / "b", "a.jsonl", '{"text": "Three."}\n')
    found = [report.doc_id for report in read_all([one, two]) if isinstance(report, Report)]
    assert found == ["a:1", "a:2", "a~2:1"]


def test_ids_are_repeated_as_they_stand() -> None:
    given = ({"text": "A man left.", "id": value} for value in (7, " x/1 ", "é"))
    assert [article(fields, what="a", doc_id="no").doc_id for fields in given] == ["7", " x/1 ", "é"]


def test_a_long_file_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = (
        json.dumps({"text": "The envoy left the capital on Monday, and he said that he would not be back. " * 30})
        + "\n"
    )
    with path.open("w") as file:
        for _ in range(400):
            file.write(line)
    found = read_all([path])
    next(found)
    tracemalloc.start()
    count = sum(1 for _ in found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 399
    assert peak < 500_000


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"text": "One."}\n')
    found = read_all([path])
    path.write_text('{"text": "Two."}\n')
    assert told([next(found)]) == ["Two."]


PETRARCH = """<?xml version="1.0" encoding="UTF-8"?>
<Sentences>
<Sentence date="20150609" id="AFP0808020824_1" source="AFP" sentence="true">
<Text>
Adria &amp; Belmark met.
</Text>
<Parse>(ROOT)</Parse>
</Sentence>
<Sentence date="2015" id="AFP0808020824_2" source="AFP" sentence="true"><Text>They <b>left</b> early.</Text></Sentence>
<Sentence date="20150609" id="x" source="AFP"><Text></Text></Sentence>
</Sentences>
"""


def test_petrarch_xml(tmp_path: Path) -> None:
    found = outcomes(write(tmp_path, "a.xml", PETRARCH))
    assert told(found) == ["\nAdria & Belmark met.\n", "They left early.", "a.xml:3 its text is empty"]
    first, second = found[0], found[1]
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.doc_id, first.published, first.outlet) == ("AFP0808020824_1", "2015-06-09", "AFP")
    assert second.published_reason is not None


@pytest.mark.parametrize(
    ("content", "last"),
    [
        (PETRARCH[:-30], "it is not well-formed XML"),
        (PETRARCH.replace("&amp;", "&"), "it is not well-formed XML"),
        (PETRARCH.replace("UTF-8", "x-none"), "encoding"),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Sentences/>', "document type or entities"),
        ('<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><Sentences/>', "document type or entities"),
        ("<?xml version='1.0'?><rss><item/></rss>", "XML without a <Sentence>"),
    ],
)
def test_xml_that_is_refused(tmp_path: Path, content: str, last: str) -> None:
    found = outcomes(write(tmp_path, "a.xml", content))
    assert isinstance(found[-1], InputFailure)
    assert last in found[-1].error.why


def test_xml_reads_up_to_the_fault(tmp_path: Path) -> None:
    found = told(outcomes(write(tmp_path, "a.xml", PETRARCH.replace("They ", "They & "))))
    assert found[0] == "\nAdria & Belmark met.\n"
    assert "a.xml" in found[1]


def test_a_sentence_above_the_limit(tmp_path: Path) -> None:
    found = told(outcomes(write(tmp_path, "a.xml", PETRARCH.replace("They", "They " * 500)), max_bytes=1000))
    assert "larger than" in found[-1]
