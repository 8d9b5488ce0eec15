"""Blocs and issues that a user defines, as TOML and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tensionwire.measure.issues import Issue
from tensionwire.ontology.blocs import Bloc, Membership, blocs
from tensionwire.ontology.countries import countries
from tensionwire.ontology.plover import plover
from tensionwire.settings import Table

_DATE: Final = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_MEMBER: Final = re.compile(rf"(?P<member>\[[^\]]+\]|[A-Za-z]{{3}})(?:\s+(?P<joined>{_DATE})?\.\.(?P<left>{_DATE})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """A user's own blocs and issues, by name."""

    blocs: Mapping[str, Bloc]
    issues: Mapping[str, Issue]

    def with_(self, other: Definitions) -> Definitions:
        """These and others, which take the place of those of the same name."""
        return Definitions(blocs={**self.blocs, **other.blocs}, issues={**self.issues, **other.issues})


def definitions(table: Table) -> Definitions:
    """What a settings file defines under `[[bloc]]` and `[[issue]]`; raises UsageError with the line that is wrong.

    >>> from tensionwire.settings import loads
    >>> text = b'[[bloc]]\\nname = "Astana"\\nmembers = ["RUS 2017-01..", "IRN", "TUR"]\\n'
    >>> definitions(loads(text, "own.toml")).blocs["Astana"].memberships[0].joined
    '2017-01'
    """
    found = [_bloc(one) for one in table.tables("bloc")]
    asked = [_issue(one) for one in table.tables("issue")]
    table.done()
    return Definitions(blocs={bloc.name: bloc for bloc in found}, issues={issue.name: issue for issue in asked})


def _bloc(table: Table) -> Bloc:
    name = table.need("name", 'write name = "..."')
    also, members = table.texts("also"), table.texts("members")
    if not members:
        table.refuse("members", "is missing", 'write members = ["RUS", "TUR 2017-01-24..", "[NATO]"]')
    memberships = tuple(_membership(table, text, name) for text in members)
    table.done()
    return Bloc(name=name, code=None, names=(name, *also), memberships=memberships)


def _membership(table: Table, text: str, bloc: str) -> Membership:
    found = _MEMBER.fullmatch(text.strip())
    if found is None:
        table.refuse(
            "members", f"has {text!r}, which is no member", 'write "RUS", "GBR 1973-01-01..2020-01-31" or "[EU]"'
        )
    member = found["member"] if found["member"].startswith("[") else found["member"].upper()
    if not member.startswith("[") and member not in countries():
        table.refuse("members", f"has {text!r}, which is no ISO code", "write codes of three letters, as RUS")
    if member.startswith("[") and member.strip("[]") not in blocs():
        table.refuse("members", f"has {text!r}, which is no shipped bloc", "see `tensionwire bloc list`")
    return Membership(member, found["joined"] or "", found["left"] or "")


def _issue(table: Table) -> Issue:
    name = table.need("name", 'write name = "..."')
    issue = Issue(
        name=name,
        countries=frozenset(code.upper() for code in table.texts("countries")),
        places=table.texts("places"),
        contexts=frozenset(table.texts("contexts")),
        terms=table.texts("terms"),
    )
    if unknown := sorted(issue.countries - set(countries())):
        table.refuse("countries", f"has {unknown[0]!r}, which is no ISO code", "write codes of three letters, as SYR")
    if unknown := sorted(issue.contexts - set(plover().contexts)):
        table.refuse("contexts", f"has {unknown[0]!r}", f"write some of {', '.join(plover().contexts)}")
    if not (issue.countries or issue.places or issue.contexts or issue.terms):
        table.refuse("terms", "is missing, and so is all else", "give countries, places, contexts or terms")
    table.done()
    return issue


def toml(own: Definitions) -> str:
    """The definitions as a settings file."""
    parts = [_keys("[[bloc]]", _of_bloc(bloc)) for bloc in own.blocs.values()]
    return "\n".join([*parts, *(_keys("[[issue]]", _of_issue(issue)) for issue in own.issues.values())])


def _of_bloc(bloc: Bloc) -> dict[str, object]:
    members = [_written(m) for m in bloc.memberships]
    return {"name": bloc.name, "also": list(bloc.names[1:]), "members": members}


def _written(membership: Membership) -> str:
    dates = f" {membership.joined}..{membership.left}" if membership.joined or membership.left else ""
    return f"{membership.member}{dates}"


def _of_issue(issue: Issue) -> dict[str, object]:
    return {
        "name": issue.name, "countries": sorted(issue.countries), "places": list(issue.places),
        "contexts": sorted(issue.contexts), "terms": list(issue.terms),
    }  # fmt: skip


def _keys(heading: str, values: Mapping[str, object]) -> str:
    # A JSON string is a TOML string, so long as nothing is escaped beyond the basic plane.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
    return "\n".join([heading, *lines]) + "\n"
