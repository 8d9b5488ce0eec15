"""Voices: the claims about an incident, and what a report says of it in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tensionwire.link.scenes import Scene, scene_of
from tensionwire.link.tellings import parties, party, sentence
from tensionwire.records import Claim, Event, Incident, Party, Record, Span, Telling

# What a stance must be for the claim to take a stand on what happened: wishes and forecasts take none.
_OPPOSING = frozenset({"denies", "doubts"})
_TAKING = _OPPOSING | {"accuses"}
_WISHING = frozenset({"demands", "predicts", "promises"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One party's words for or against an account, in one report.

    `since` is the ISO day of that report; `speaker` None: the report says it in its own voice. `claim` (or, for a
    telling of the report's own, `event`) is the id within the report's record. `cue`, `stance`, `form`, `evidence` as
    in a claim. `against` are the parties that it holds responsible, `disputes` the claim that it contradicts;
    `together` names the stretch of text, so that those who say one thing with one breath are known.
    """

    report: str
    claim: str | None = None
    event: str | None = None
    speaker: Party | None = None
    since: str | None = None
    words: str = ""
    cue: str | None = None
    stance: str = "asserts"
    form: str = "indirect"
    evidence: str | None = None
    outlet: str | None = None
    origin: str | None = None
    against: tuple[Party, ...] = ()
    disputes: str | None = None
    together: tuple[str, Span] | None = None

    @property
    def opposing(self) -> bool:
        """Whether it denies or doubts."""
        return self.stance in _OPPOSING


def voices(incident: Incident, records: Mapping[str, Record]) -> tuple[Voice, ...]:
    """All voices on an incident, those of each report in text order."""
    found: list[Voice] = []
    for told in incident.tellings:
        if record := records.get(told.report):
            scene = scene_of(told, record)
            said = _said(scene)
            found += [*said, *_own(scene, said)]
    return tuple(found)


def _said(scene: Scene) -> list[Voice]:
    """The claims that take a stand, on the scene itself or against a claim that does; a claim by nobody takes none."""
    found: dict[str, Voice] = {}
    for claim in scene.record.claims:
        told = scene.tells(claim)
        about = scene.acts.get(scene.act_of.get(claim.about or "", ""))
        if claim.speaker and claim.stance not in _WISHING and (told or (about and claim.stance in _TAKING)):
            found[claim.id] = _voice(scene, claim, _against(scene, claim, told, about))
    return list(_settled(scene, _with_disputes(scene, found)))


def _against(scene: Scene, claim: Claim, told: list[Event], about: Telling | None) -> tuple[Party, ...]:
    """Those who act in the claim's own words; where it tells no act, those who act in what it accuses of.

    Of several, those whom it accuses by name ("Chile held Peru responsible for the attack").
    """
    if claim.stance in _OPPOSING:
        return ()
    if told:
        doers = tuple(dict.fromkeys(who for act in told if act.status != "negated" for who in parties(act.actor)))
    else:
        doers = about.actor if about and claim.stance == "accuses" and about.status != "negated" else ()
    accused = {one.code for one in _accused(scene, claim)}
    return tuple(who for who in doers if who.code in accused) or doers


def _accused(scene: Scene, claim: Claim) -> tuple[Party, ...]:
    """Whom an accusation names, in the words that bring it or in its own."""
    if claim.stance != "accuses":
        return ()
    places = [claim.content_span, *([claim.cue_span] if claim.cue_span else [])]
    acts = [e for e in scene.record.events if e.type == "ACCUSE" and any(p.overlap(e.trigger_span) for p in places)]
    return tuple(dict.fromkeys(who for act in acts for who in parties(act.recipient)))


def _with_disputes(scene: Scene, found: dict[str, Voice]) -> dict[str, Voice]:
    """Also the claims at either end of a dispute over one that is found or about the scene, and who joins in them."""
    for claim in scene.record.claims:
        other = next((c for c in scene.record.claims if c.id == claim.disputes), None)
        if other is None or {claim.stance, other.stance} & _WISHING or not (claim.speaker and other.speaker):
            continue
        on_scene = any(scene.act_of.get(c.about or "") in scene.acts for c in (claim, other))
        if on_scene or claim.id in found or other.id in found:
            for one in (claim, other):
                found.setdefault(one.id, _voice(scene, one, ()))
    breaths = {voice.together for voice in found.values()}
    for claim in scene.record.claims:
        if claim.speaker and (scene.key, claim.content_span) in breaths:
            found.setdefault(claim.id, _voice(scene, claim, ()))
    return found


def _settled(scene: Scene, found: dict[str, Voice]) -> Iterator[Voice]:
    """Voices in text order; nobody accuses those who speak with one breath, or disputes them."""
    choir: dict[tuple[str, Span] | None, list[Voice]] = {}
    for voice in found.values():
        choir.setdefault(voice.together, []).append(voice)
    for claim in scene.record.claims:
        if claim.id not in found:
            continue
        voice = found[claim.id]
        beside = choir[voice.together]
        codes = {v.speaker.code for v in beside if v.speaker and v.speaker.code}
        disputes = voice.disputes
        if disputes in {v.claim for v in beside}:
            disputes = next((v.disputes for v in beside if v.disputes not in {w.claim for w in beside}), None)
        against = tuple(party for party in voice.against if not codes & {party.code, *party.members})
        yield replace(voice, against=against, disputes=disputes)


def _voice(scene: Scene, claim: Claim, against: tuple[Party, ...]) -> Voice:
    return Voice(
        report=scene.key,
        claim=claim.id,
        speaker=party(claim.speaker) if claim.speaker else None,
        since=scene.told.published,
        words=claim.content.strip(),
        cue=claim.cue,
        stance=claim.stance,
        form=claim.form,
        evidence=claim.evidence,
        outlet=scene.told.outlet,
        origin=scene.told.origin,
        against=against,
        disputes=claim.disputes,
        together=(scene.key, claim.content_span),
    )


def _own(scene: Scene, said: list[Voice]) -> Iterator[Voice]:
    """What the report says itself: acts with an actor, told outside all claims."""
    quoted = [claim.content_span for claim in scene.record.claims]
    for event in scene.record.events:
        act = scene.acts.get(scene.act_of[event.id])
        if act is None or not event.actor or any(span.holds(event.trigger_span) for span in quoted):
            continue
        yield Voice(
            report=scene.key,
            event=event.id,
            since=scene.told.published,
            words=sentence(scene.record, event.s).strip(),
            stance="denies" if event.status == "negated" else event.status,
            form="own words",
            outlet=scene.told.outlet,
            origin=scene.told.origin,
            against=() if event.status == "negated" else tuple(map(party, event.actor)),
        )
