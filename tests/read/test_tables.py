"""Agencies, dates and languages by tables of examples; and the data files themselves."""

from __future__ import annotations

import pytest

from tensionwire.read.agencies import agencies, credit_line
from tensionwire.read.dates import date_in, date_of_address, stamp
from tensionwire.read.language import language, language_code
from tensionwire.read.tables import FOLDER, table

BODY = "The envoy left the capital on Monday. " * 30


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("With reporting by Reuters, AP, AFP, and dpa", ("Reuters", "AP", "AFP", "dpa")),
        (BODY + "\n\nBased on reporting by RIA Novosti and TASS", ("RIA Novosti", "TASS")),
        (BODY + "\n\nThe Associated Press and Agence France-Presse contributed to this report.", ("AP", "AFP")),
        (BODY + "\n\n—Associated Press writer Jo Roe in Paris contributed to this report.", ("AP",)),
        (BODY + "\n\nSome information for this report came from Reuters.", ("Reuters",)),
        (BODY + "\n\nSource: Xinhua", ("Xinhua",)),
        (BODY + "\n\nWith files from The Canadian Press", ("Canadian Press",)),
        (BODY + "\n\n(Reuters, AFP)", ("Reuters", "AFP")),
        (BODY + " - AFP/dpa", ("AFP", "dpa")),
        (BODY + "— AFP", ("AFP",)),
        ("MOSCOW, April 11 (Reuters) - The envoy left.", ("Reuters",)),
        ("GENEVA (AP) — The envoy left.", ("AP",)),
        ("(ANSA) - ROMA - L'inviato è partito.", ("ANSA",)),
        ("新华社日内瓦4月11日电 特使离开。", ("Xinhua",)),
        ("Reuters said it had seen the letter. AP and AFP saw it too.", ()),
        ("Reporters from Reuters and AP were held for an hour at the border.", ()),
        (BODY + "\n\nSource: the ministry, which showed it to nobody. Reuters asked in vain.", ()),
        ("The MAP of the region is old. The AA battery was flat. PA systems failed.", ()),
        ("The envoy left (AP was not told) in haste, and nobody knew why he had gone.", ()),
        (BODY + "\n\nBerlin (dpa) war gestern. Reporting by Jo Roe; Editing by Bo Day", ()),
    ],
)
def test_credited_agencies(text: str, credited: tuple[str, ...]) -> None:
    assert agencies(text) == credited


def test_a_byline_credits_too() -> None:
    assert agencies("The envoy left.", "Associated Press in Valencia") == ("AP",)
    assert agencies("The envoy left.", "AFP, MANILA") == ("AFP",)


@pytest.mark.parametrize(
    "line", ["Reporting by Jo Roe in Oslo", "With files from AFP", "Jo Roe contributed to this report."]
)
def test_credit_lines(line: str) -> None:
    assert credit_line(line)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2017-04-11", "2017-04-11"),
        ("2017-4-1", "2017-04-01"),
        ("20170411", "2017-04-11"),
        ("20170411T083000Z", "2017-04-11"),
        ("2017-04-11T08:30:00Z", "2017-04-11T08:30:00+00:00"),
        ("2017-04-11T08:30:00.123+0530", "2017-04-11T08:30:00+05:30"),
        ("2017-04-11 08:30", "2017-04-11T08:30:00"),
        ("2017-04-11 08:30:00 +02:00", "2017-04-11T08:30:00+02:00"),
        ("2017-04-11T08:30:00-04", "2017-04-11T08:30:00-04:00"),
        ("Tue, 11 Apr 2017 08:30:00 GMT", "2017-04-11T08:30:00+00:00"),
        ("1491899400", "2017-04-11T08:30:00+00:00"),
        ("1491899400000", "2017-04-11T08:30:00+00:00"),
        ("April 11, 2017", "2017-04-11"),
        ("11 Apr. 2017", "2017-04-11"),
        ("11th of April 2017", "2017-04-11"),
        ("11. April 2017", "2017-04-11"),
        ("11 de abril de 2017", "2017-04-11"),
        ("11 avril 2017", "2017-04-11"),
        ("11 апреля 2017", "2017-04-11"),
        ("11.04.2017", "2017-04-11"),
        ("25/04/2017", "2017-04-25"),
        ("04/25/2017", "2017-04-25"),
        ("04/04/2017", "2017-04-04"),
        ("2017年4月11日", "2017-04-11"),
        ("2017년 4월 11일", "2017-04-11"),
        ("04/05/2017", None),
        ("2017-02-30", None),
        ("2017-13-01", None),
        ("0000-00-00", None),
        ("1 January 0001", None),
        ("yesterday", None),
        ("April 2017", None),
        ("2017", None),
        ("11 Foo 2017", None),
        ("", None),
        (None, None),
        ("9" * 13, "2286-11-20T17:46:39+00:00"),
        ("x" * 500, None),
    ],
)
def test_dates(value: str | None, iso: str | None) -> None:
    assert stamp(value) == iso


def test_a_month_of_two_languages_needs_one() -> None:
    assert date_in("3 listopada 2020") is None
    assert date_in("3 listopada 2020", "pl") == "2020-11-03"
    assert date_in("3 listopada 2020", "hr") == "2020-10-03"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/world/2024/feb/24/talks", "2024-02-24"),
        ("https://a.example/2024/02/24/talks", "2024-02-24"),
        ("https://a.example/story/2023-06-26/talks", "2023-06-26"),
        ("https://a.example/20240224/talks", "2024-02-24"),
        ("https://a.example/2024/02/talks", None),
        ("https://a.example/a/20240224.html", None),
        ("https://a.example/1999-99-99/x", None),
        ("https://a.example/news/7715044", None),
    ],
)
def test_dates_of_addresses(url: str, day: str | None) -> None:
    assert date_of_address(url) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Talks fail", "en"),
        ("Gespräche gescheitert", "en"),
        ("", "en"),
        ("...", "en"),
        ("Θα συνεχιστούν", "el"),
        ("회담이 열렸다", "ko"),
        ("首脳会談が開かれた", "ja"),
        ("首脑会谈今天举行", "zh"),
        ("שיחות נכשלו", "he"),
        ("การเจรจาล้มเหลว", "th"),
        ("Переговоры", "und"),
        ("Посол покинул столицу в понедельник, и никто не знает, когда он вернётся обратно.", "ru"),
        ("Посол залишив столицю в понеділок, і ніхто не знає, коли він повернеться назад до міста.", "uk"),
        ("غادر السفير العاصمة يوم الاثنين ولا أحد يعرف متى سيعود", "ar"),
        ("The envoy left the capital on Monday, and no one in the ministry knows when he will be back in town.", "en"),
        (
            "Der Botschafter verließ am Montag die Hauptstadt, und niemand weiß, wann er zurückkehren wird, sagte sie.",
            "de",
        ),
        (
            "L'ambassadeur a quitté la capitale lundi, et personne ne sait quand il reviendra de son voyage, dit-elle.",
            "fr",
        ),
        (
            "El embajador abandonó la capital el lunes y nadie sabe cuándo volverá de su viaje al país, dijo hoy él.",
            "es",
        ),
        (
            "Duta besar itu meninggalkan ibu kota pada hari Senin dan tidak ada yang tahu kapan dia akan kembali.",
            "id",
        ),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language(text) == code


def test_a_hint_decides_for_short_texts_and_close_relatives() -> None:
    assert language("Gespräche gescheitert", "de-DE") == "de"
    assert language("Talks fail", "xx") == "en"
    assert language("Переговоры", "bg") == "bg"
    german = "Der Botschafter verließ am Montag die Hauptstadt, und niemand weiß, wann er zurückkehren wird. " * 2
    assert language(german, "en") == "de"


@pytest.mark.parametrize(
    ("name", "code"),
    [("en_GB", "en"), ("ENG", "en"), ("Farsi", "fa"), ("zh-Hant", "zh"), ("", None), (None, None), ("7", None)],
)
def test_names_of_languages(name: str | None, code: str | None) -> None:
    assert language_code(name) == code


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.tsv")), ids=lambda path: path.name)
def test_data_files_are_sound(path: object) -> None:
    name = str(path).rsplit("/", 1)[-1]
    head = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    columns = next(line for line in head if not line.startswith("#")).split("\t")
    assert head[0].startswith("# ")
    assert any(
        word in "".join(line for line in head if line.startswith("#")) for word in ("CC0", "License", "facts", "ISO")
    )
    assert all(len(row) == len(columns) for row in table(name))
    assert len(set(table(name))) == len(table(name))
