"""Plain text with page furniture: what is kept, what goes, what becomes title, byline, date and sub-heading."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tensionwire.read import read_text
from tensionwire.read.plain import line_of
from tensionwire.records import Report


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A page as a reader saved it, and what a report of it must hold."""

    text: str
    title: str | None
    kept: tuple[str, ...]
    gone: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    known: dict[str, object] = field(default_factory=dict)


BROADCASTER = Saved(
    text="""Skip to main content

World

Video

Ostravia Recalls Envoy After Border Shooting


Minister Explains The Recall
please wait

No media source currently available

0:00 0:03:12 0:00

Ostravia recalled its ambassador from Belmark on Monday after two of its border guards were shot dead.

Foreign Minister Lena Orsic said the guards had been "murdered in cold blood" on Ostravian soil.

LISTEN: What Drives The Quarrel Over The Ridge

What Drives The Quarrel Over The Ridge
Pop-out player

Belmark Denies Everything

Belmark's army said its soldiers had not fired a single shot. It called the charge "a fairy tale."

Guards on the ridge at dawn on Sunday. (Photo by A. Novak/Getty Images)

Both armies have moved tanks to the valley since March.

Based on reporting by AFP and Interfax
  • 4x3 Image

The Valley Broadcasting Service is paid for by its listeners in nine countries and answers to nobody else.

Our correspondents in Belmark work under threat of arrest, and you may be fined for reading them.
""",
    title="Ostravia Recalls Envoy After Border Shooting",
    kept=(
        "Ostravia recalled its ambassador",
        "murdered in cold blood",
        'It called the charge "a fairy tale."',
        "Both armies have moved tanks",
    ),
    gone=(
        "please wait", "No media source", "0:03:12", "Minister Explains", "LISTEN", "What Drives", "Pop-out",
        "Guards on the ridge", "4x3", "paid for by its listeners", "may be fined", "Skip to",
    ),
    subheads=("Belmark Denies Everything",),
    known={"agencies": ("AFP", "Interfax")},
)  # fmt: skip

NEWSPAPER = Saved(
    text="""Menu
Home
Politics
Subscribe

Will the ceasefire hold?

By Mira Tal and Jon Ek
Published: 3 March 2021
Last updated: 4 March 2021
5 min read
Share
Facebook
WhatsApp
Copy link

Rebels and the government of Karvania agreed to stop fighting for ten days from Friday.

"We will not fire first," a rebel commander said.
Advertisement
The truce covers three provinces:
- Upper Karva
- Lower Karva
- the port of Senn

Sign up for our newsletter and get the day's news delivered to your inbox.

The last truce broke down within hours.
Related
Karvania votes in June
Rebel leader seen in port
UN warns of hunger
Copyright 2021 The Karvan Post. All rights reserved.
""",
    title="Will the ceasefire hold?",
    kept=("agreed to stop fighting", "We will not fire first", "Upper Karva", "the port of Senn", "within hours."),
    gone=("Menu", "Subscribe", "min read", "WhatsApp", "Advertisement", "newsletter", "votes in June", "UN warns"),
    known={"byline": "Mira Tal and Jon Ek", "published": "2021-03-03", "modified": "2021-03-04"},
)  # fmt: skip

WIRE = Saved(
    text="""UPDATE 2-Grain ships turned back at Senn strait

SENN, May 9 (Reuters) - Three grain ships were turned back by a Karvanian patrol on Saturday, their owners
said, the first such move since the export deal was signed in the spring of last year by both of the navies.

The patrol gave no reason. A spokesman for the navy in the capital said that he had not heard of any order to
close the strait, and that the captains might have "misread a flag".

(Reporting by Ida Moll; editing by Per Lund)

((ida.moll@example.org))
""",
    title="UPDATE 2-Grain ships turned back at Senn strait",
    kept=("Three grain ships were turned back by a Karvanian patrol on Saturday, their owners said, the first",),
    gone=("ida.moll@",),
    known={"agencies": ("Reuters",)},
)

RELEASE = Saved(
    text="""FOR IMMEDIATE RELEASE

Joint statement on the river dispute

The ministers of Adria and Belmark met today and agreed to exchange maps of the lower river.

They will meet again before the end of June.

###

Media contact
Press office of the ministry, room 12, open from nine to five on working days only.
""",
    title="Joint statement on the river dispute",
    kept=("agreed to exchange maps", "before the end of June."),
    gone=("room 12", "###", "Media contact"),
)

BARE = Saved(
    text="Adria closed its border with Belmark on Tuesday. Nobody was hurt. The road is shut.",
    title=None,
    kept=("Adria closed its border with Belmark on Tuesday. Nobody was hurt. The road is shut.",),
)

HEADLINE = Saved(text="Adria closes border with Belmark\n", title=None, kept=("Adria closes border with Belmark",))

SAVED = {
    "broadcaster": BROADCASTER,
    "newspaper": NEWSPAPER,
    "wire": WIRE,
    "release": RELEASE,
    "bare": BARE,
    "headline": HEADLINE,
}


def read(saved: Saved) -> Report:
    return read_text(saved.text)


@pytest.mark.parametrize("name", SAVED)
def test_the_report_is_kept(name: str) -> None:
    report = read(SAVED[name])
    for words in SAVED[name].kept:
        assert words in report.text


@pytest.mark.parametrize("name", SAVED)
def test_the_furniture_is_gone(name: str) -> None:
    report = read(SAVED[name])
    for words in SAVED[name].gone:
        assert words not in report.text


@pytest.mark.parametrize("name", SAVED)
def test_the_title_is_found(name: str) -> None:
    report = read(SAVED[name])
    assert report.title == SAVED[name].title
    assert SAVED[name].title is None or report.text.find(str(report.title)) == -1


@pytest.mark.parametrize("name", SAVED)
def test_the_rest_is_known(name: str) -> None:
    report = read(SAVED[name])
    assert {field: getattr(report, field) for field in SAVED[name].known} == SAVED[name].known
    assert tuple(span.of(report.text) for span in report.subheads) == SAVED[name].subheads


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The envoy left at noon.", "prose"),
        ('"Never," the envoy said. "Not once."', "prose"),
        ("Envoy Leaves Capital", "short"),
        ("With additional reporting by dpa", "credit"),
        ("The Associated Press contributed to this report.", "credit"),
        ("By Jo Ann O'Neill in Geneva", "byline"),
        ("By Friday the envoy had left.", "prose"),
        ("Friday, April 11, 2017 8:30 GMT", "date"),
        ("0:00 / 2:31", "player"),
        ("READ MORE: Envoy leaves", "teaser"),
        ("FILE PHOTO: The envoy in May", "caption"),
        ("The envoy in May. Ed Roe/AFP via Getty Images", "caption"),
        ("Share on Facebook", "share"),
        ("12 Comments", "meta"),
        ("https://example.org/a/b", "share"),
        ("_________", "rule"),
        ("• • •", "rule"),
        ("###", "stop"),
        ("Breaking News", "nav"),
    ],
)
def test_kinds_of_lines(line: str, kind: str) -> None:
    assert line_of(line).kind == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices in Belmark fell by a tenth after the news, the exchange said.",
        "Watch: that was the one word on the note, the police said, which they found on the burnt-out car.",
        "Please wait for the results, the head of the election commission told reporters in the capital.",
        "Reuters reported that the port had been closed since Sunday.",
        "The newspaper printed a photo of the letter on its front page.",
        "Live fire was heard in the town at night.",
    ],
)
def test_sentences_that_look_like_furniture_stay(sentence: str) -> None:
    assert line_of(sentence).kind == "prose"


def test_a_repeated_line_goes_and_a_repeated_paragraph_stays_once() -> None:
    long = "The envoy said that he would stay in the capital until the talks were over and done with."
    report = read_text(
        f"Envoy Stays\n\n{long}\n\nMore From Adria\n\nHe smiled.\n\nMore From Adria\n\n{long}\n\nHe left."
    )
    assert report.text.split("\n\n") == [long, "He smiled.", "He left."]


def test_a_credit_line_at_the_top_does_not_end_the_report() -> None:
    report = read_text(
        "Port Burns\n\nWith reporting by AFP\n\nA fire broke out.\n\nIt burnt all night.\n\nNobody died."
    )
    assert report.text.endswith("Nobody died.")


def test_lines_broken_at_a_fixed_width_are_one_paragraph() -> None:
    text = (
        "The envoy of the republic said on Monday evening that the talks\n"
        "had failed, and that he would go home without the treaty which\n"
        "both of the sides had hoped to sign before the end of the week.\n\n"
        "A spokesman for the other side denied it, and said that a draft\n"
        "was still on the table and that everyone was free to sign it.\n"
    )
    paragraphs = read_text(text).text.split("\n\n")
    assert len(paragraphs) == 2
    assert "the talks had failed" in paragraphs[0]


def test_given_fields_go_before_found_ones() -> None:
    report = read_text(
        "Port Burns\n\nA fire broke out.", title="Fire", outlet="Post", url="https://a.example/1", doc_id="x"
    )
    assert (report.title, report.outlet, report.url, report.doc_id) == ("Fire", "Post", "https://a.example/1", "x")


def test_no_date_is_no_error() -> None:
    report = read_text("A fire broke out in the port of Senn.")
    assert report.published is None
    assert report.published_reason == "the text gives no date of publication and none was given"
