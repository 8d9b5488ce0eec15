import pytest
from hypothesis import given
from hypothesis import strategies as st

from link.invented import OTHER, REWRITE, WIRE
from tensionwire.link.origins import SKETCH, Fingerprint, bands, containment, same_origin, signature, similarity, words

PARAGRAPHS = WIRE.split("\n\n")
TEXT = st.lists(st.text("abcdefghijklmnopqrstuvwxyzäöéжщ0123456789", min_size=1, max_size=8), max_size=300)


def mark(text, **more):
    return Fingerprint(signature=signature(text), words=len(words(text)), **more)


COPIES = {
    "tail cut": "\n\n".join(PARAGRAPHS[:3]),
    "new lead": f"VELIN (Wire) - A quarrel that kept a bridge shut for months is over.\n\n{chr(10).join(PARAGRAPHS[1:])}",
    "lines rewrapped": " ".join(WIRE.split()),
    "names spelt anew": WIRE.replace("Hadrik", "Chadrik").replace("crowns", "kroner"),
    "capitals and quotation marks": WIRE.upper().replace('"', "''"),
    "update with a paragraph more": f"{WIRE}\n\nLate on Tuesday the mayor of Velin said that the lamps on the bridge would be lit again.",
}


@pytest.mark.parametrize("name", COPIES)
def test_what_editors_do_leaves_one_origin(name):
    one, why = same_origin(mark(WIRE), mark(COPIES[name]))
    assert one, why
    assert "wording" in why


@pytest.mark.parametrize("name", COPIES)
def test_copies_share_keys_to_look_them_up_by(name):
    assert len(set(bands(signature(WIRE))) & set(bands(signature(COPIES[name])))) >= 2


def test_an_independent_report_of_the_same_happening_is_another_origin():
    one, why = same_origin(mark(WIRE), mark(REWRITE))
    assert not one
    assert "too little" in why


def test_another_matter_is_another_origin():
    assert not same_origin(mark(WIRE), mark(OTHER))[0]
    assert similarity(signature(WIRE), signature(OTHER)) == 0.0


def test_a_short_reprint_stands_within_a_long_story():
    long = f"{WIRE}\n\n{REWRITE}\n\n{OTHER}"
    brief = " ".join(PARAGRAPHS[1:3])
    one, why = same_origin(mark(long), mark(brief))
    assert one
    assert "stands within the longer" in why


def test_a_shared_agency_lowers_the_bar():
    cut = " ".join([*PARAGRAPHS[:2], OTHER, REWRITE])
    within = containment(signature(WIRE), signature(cut))
    assert 0.3 <= within < 0.6
    assert not same_origin(mark(WIRE), mark(cut))[0]
    assert same_origin(mark(WIRE, agencies=("Reuters",)), mark(cut, agencies=("dpa", "Reuters")))[0]
    assert not same_origin(mark(WIRE, agencies=("Reuters",)), mark(cut, agencies=("dpa",)))[0]


def test_a_shared_agency_alone_is_no_reason():
    assert not same_origin(mark(WIRE, agencies=("AP",)), mark(REWRITE, agencies=("AP",)))[0]


def test_versions_of_one_address_are_one_origin():
    first = mark(WIRE, url="https://www.example.org/news/1?utm_source=feed#top")
    later = mark(OTHER, url="http://example.org/news/1/")
    assert same_origin(first, later) == (True, "both stand under one address (example.org/news/1)")
    assert not same_origin(first, mark(OTHER, url="https://example.org/news/1?page=2"))[0]


@pytest.mark.parametrize("text", ["", "  \n", "!?", "…"])
def test_a_text_without_words_has_no_origin_in_common(text):
    assert signature(text) == b""
    assert bands(signature(text)) == ()
    assert similarity(signature(text), signature(text)) == 0.0
    assert not same_origin(mark(text), mark(text))[0]


def test_short_texts_have_keys():
    assert len(bands(signature("Talks in Velin end early"))) == 2
    assert similarity(signature("Talks end"), signature("talks END!")) == 1.0


def test_scripts_without_spaces():
    one = "外交部长会议于周二在日内瓦举行双方同意重新开放边境"
    assert similarity(signature(one), signature(one[:18])) > 0.5


@given(TEXT)
def test_case_blanks_and_marks_do_not_count(found):
    plain, other = " ".join(found), " -- ".join(found).upper().lower() + "!"
    assert signature(plain) == signature(other)
    assert signature(plain) == signature(f"\n{plain}\t")


@given(TEXT, TEXT)
def test_measures_are_shares_and_do_not_depend_on_the_order(a, b):
    one, two = signature(" ".join(a)), signature(" ".join(b))
    for measure in (similarity, containment):
        assert 0.0 <= measure(one, two) <= 1.0
        assert measure(one, two) == measure(two, one)
    assert similarity(one, two) <= containment(one, two)


@given(TEXT)
def test_a_text_is_like_itself_and_its_signature_is_small(found):
    one = signature(" ".join(found))
    assert len(one) <= 4 * SKETCH
    assert len(one) % 4 == 0
    assert similarity(one, one) == (1.0 if one else 0.0)
    assert all(key in {one[n : n + 4] for n in range(0, len(one), 4)} for key in bands(one))


@given(st.integers(40, 400), st.integers(0, 400))
def test_the_estimate_of_containment_is_near_the_truth(part, rest):
    text = [f"w{n}" for n in range(part + rest)]
    assert containment(signature(" ".join(text)), signature(" ".join(text[:part]))) > 0.9


def test_a_signature_is_the_same_in_every_process():
    assert signature("Envoys of both states met in Lucca").hex() == SAVED


SAVED = "57adf6e260d36ec884ab30c3a150d39f"
