"""States whose name was spelt with one slip: "Ethopia", "Philipines"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from tensionwire.ontology.countries import countries
from tensionwire.ontology.gazetteer import key

# Shorter names have too many neighbours that mean somebody else ("Germain", "Syriac").
SHORTEST = 7


@lru_cache(maxsize=4096)
def misspelt(word: str) -> str | None:
    """The code of the one state of which a word is a name, adjective or people, but for one letter; else None.

    A letter is left out, put in, taken for another or out of turn; the first two and the last are right.

    >>> misspelt("Ethopia"), misspelt("Philipines"), misspelt("Ethiopia"), misspelt("Kenyatta")
    ('ETH', 'PHL', None, None)
    """
    slip = key(word)
    if len(slip) < SHORTEST or not slip.isalpha():
        return None
    known = _forms().get((slip[:2], slip[-1]), {})
    codes = {code for form, code in known.items() if _one_slip(slip, form)}
    return next(iter(codes)) if len(codes) == 1 and slip not in known else None


def _one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter left out, put in or changed, or by two neighbours exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    tails = ((1, 1), (1, 0), (0, 1))
    if any(one[same + a :] == other[same + b :] for a, b in tails):
        return True
    turned = one[same : same + 2] == other[same : same + 2][::-1]
    return turned and one[same + 2 :] == other[same + 2 :]


@cache
def _forms() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Single words by their first two letters and their last."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for country in countries().values():
        for form in (*country.names, *country.adjectives, *country.people):
            word = key(form)
            if len(word) >= SHORTEST and word.isalpha():
                found[word[:2], word[-1]][word] = country.code
    return found
