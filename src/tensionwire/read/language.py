"""The language of a report, so that it is not coded as if it were English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tensionwire.errors import TensionwireError
from tensionwire.read.tables import table

# Enough to tell by, and as much as is looked at.
SHORT, SAMPLE = 100, 2000
# Shares measured on English news (0.25 to 0.45 of words) and on other languages (below 0.12).
_ENGLISH, _TELLING = 0.18, 0.05
_ASCII = re.compile("[\\x00-\\x7f]+")
_NO_ASCII_LETTER = re.compile("[^A-Za-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script: the characters that tell it and the languages that are written in it."""

    name: str
    letters: re.Pattern[str]
    languages: tuple[str, ...]
    when_short: str


@cache
def scripts() -> tuple[Script, ...]:
    """The table of scripts, Latin first."""
    return tuple(
        Script(name=name, letters=_letters(ranges), languages=tuple(known.split()), when_short=short)
        for name, ranges, known, short in table("scripts.tsv")
    )


def _letters(ranges: str) -> re.Pattern[str]:
    """An expression for one letter of the ranges ("0041-005A 00AA")."""
    pairs = [part.partition("-") for part in ranges.split()]
    return re.compile("[" + "".join(f"{chr(int(a, 16))}-{chr(int(b or a, 16))}" for a, _, b in pairs) + "]")


@cache
def _codes() -> Mapping[str, str]:
    """Other names of languages, to the code that a report gives."""
    named = {other: code for code, also in table("languages.tsv") for other in also.split()}
    return named | {code: code for script in scripts() for code in script.languages}


def language_code(name: str | None) -> str | None:
    """The code of a language that a page or a table names, None where it means nothing to us.

    >>> language_code("en-US"), language_code("German"), language_code("zho"), language_code("-")
    ('en', 'de', 'zh', None)
    """
    return _codes().get(re.split(r"[-_ ,;]", (name or "").strip().lower())[0])


@cache
def _identifier() -> Any:
    """py3langid's model, loaded when the first text needs it (0.7 s) and kept.

    It is unpacked to a temporary file on the way: where that fails, no text is to blame.
    """
    import tempfile

    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE)
    except OSError as error:
        why = f"has no room for the model that tells languages ({error.strerror})"
        todo = "free some megabytes there, or name another folder in TMPDIR"
        raise TensionwireError(tempfile.gettempdir(), why, todo) from error


def _main_script(sample: str) -> tuple[Script | None, int]:
    """The script that most letters of a text are in, and how many there are."""
    rest = _ASCII.sub("", sample)
    counts = {script.name: len(script.letters.findall(rest)) if rest else 0 for script in scripts()}
    plain = len(sample) - len(rest)
    # Four characters in five are letters in any text of some length: no need to count them.
    counts["latin"] += plain * 4 // 5 if plain > 300 else len(_NO_ASCII_LETTER.sub("", sample))
    # Japanese is written in Han characters too, Chinese never in kana.
    if counts["kana"] * 10 >= counts["han"] and counts["kana"]:
        counts["kana"] += counts["han"]
        counts["han"] = 0
    # One character of these stands for about three letters of an alphabet.
    weigh = {"han": 3, "kana": 3, "hangul": 3}
    best = max(scripts(), key=lambda script: counts[script.name] * weigh.get(script.name, 1))
    return (best, counts[best.name]) if counts[best.name] else (None, 0)


@cache
def _english_words() -> tuple[frozenset[str], frozenset[str]]:
    rows = table("english_words.tsv")
    return frozenset(word for word, _ in rows), frozenset(word for word, telling in rows if telling == "yes")


def _plainly_english(sample: str) -> bool:
    """True where English function words abound, so that no model is needed."""
    found = sample[:800].lower().split()
    common, telling = _english_words()
    many = sum(word in common for word in found)
    own = [word for word in found if word in telling]
    return many >= _ENGLISH * len(found) and len(own) >= _TELLING * len(found) and len(set(own)) >= 3


def language(text: str, hint: str | None = None) -> str:
    """ISO 639-1 code of the language of a text, "und" where nothing tells it.

    `hint` is what the page or table calls its language; it decides between close relatives and for
    short texts. Without it a Latin-script text of fewer than 100 characters counts as English.

    >>> language("Talks resume"), language("Θα συνεχιστούν οι συνομιλίες"), language("停火")
    ('en', 'el', 'zh')
    """
    sample, hinted = text[:SAMPLE], language_code(hint)
    script, letters = _main_script(sample)
    if script is None:
        return hinted or ("en" if len(sample) < SHORT else "und")
    if len(script.languages) == 1:
        return script.languages[0]
    if script.name == "latin" and _plainly_english(sample):
        return "en"
    if script.name == "latin" and len(text.strip()) < SHORT:
        return hinted if hinted in script.languages else script.when_short
    if letters < 12:
        return hinted if hinted in script.languages else script.when_short
    ranked = [code for code, _ in _identifier().rank(sample) if code in script.languages]
    # Templates say "en" above anything; other languages are named on purpose.
    return hinted if hinted in ranked[:3] and hinted not in (None, "en") else ranked[0]
