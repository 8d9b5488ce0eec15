"""The shipped coder with a custom model on top: records whose `custom` tells of the user's types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tensionwire.annotate import Encoder
from tensionwire.annotate.assemble import WindowFindings, assemble
from tensionwire.annotate.decoding import Floats, Found
from tensionwire.annotate.leans import TAGGERS
from tensionwire.coding.events import told
from tensionwire.custom.model import Model
from tensionwire.custom.reading import Reading, read
from tensionwire.custom.spotting import Spotted, shares, spotted
from tensionwire.errors import ModelError
from tensionwire.pipeline import Coder
from tensionwire.records import CustomEvent, Event, Record, Report, Trigger

MADE_BY = "custom"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomCoder(Coder):
    """Codes as `Coder` does, and finds the user's types besides. What PLOVER says is the same with and without."""

    model: Model

    @property
    def name(self) -> str:
        """What made a record, with the user's ontology and the hash of its model."""
        return f"{_plain(self)}, ontology {self.model.ontology.label} {self.model.hash[:12]}"

    def _batch(self, batch: Sequence[Report]) -> list[Record]:
        return [self._one(r) if r.language in self.languages else self._uncoded(r) for r in batch]

    def _one(self, report: Report) -> Record:
        assert isinstance(self.encoder, Encoder)
        reading = read(self.encoder, report)
        record = self._code(reading.annotated)
        spots = sorted(self._spots(reading), key=lambda spot: spot.span)
        return replace(record, custom=self._events(spots, reading, record))

    def _spots(self, reading: Reading) -> Iterator[Spotted]:
        weights = self.model.weights
        likes = tuple(frozenset(one.like) for one in self.model.ontology.types)
        text, threshold = reading.annotated.report.text, self.model.about.threshold
        for sentence in reading.sentences:
            yield from spotted(sentence, shares(sentence, weights, likes), text, threshold)

    def _events(self, spots: Sequence[Spotted], reading: Reading, record: Record) -> tuple[CustomEvent, ...]:
        """One a stretch; several of one type within the words of one PLOVER event are one."""
        apart = [spot for spot in spots if _of(spot, record.events) is None]
        others = self._told(apart, reading) if apart else ()
        found: dict[tuple[object, int], CustomEvent] = {}
        for spot in spots:
            event = _of(spot, record.events)
            facts = event or _of(spot, others)
            if facts is None:
                continue
            key = (event.id if event else spot.span, spot.type)
            if key not in found or found[key].confidence < spot.confidence:
                found[key] = self._event(spot, facts, event)
        in_order = sorted(found.values(), key=lambda one: one.trigger_span)
        return tuple(replace(one, id=f"x{n}") for n, one in enumerate(in_order, 1))

    def _told(self, spots: Sequence[Spotted], reading: Reading) -> tuple[Event, ...]:
        """Who, when and where of stretches that PLOVER has no event for."""
        assert isinstance(self.encoder, Encoder)
        triggers = tuple(_triggers(self.encoder, spots, reading))
        return told(self.resolver.resolve(replace(reading.annotated, triggers=triggers)))

    def _event(self, spot: Spotted, facts: Event, event: Event | None) -> CustomEvent:
        kind = self.model.ontology.types[spot.type]
        return CustomEvent(
            id="",
            s=facts.s,
            trigger=facts.trigger,
            trigger_span=facts.trigger_span,
            ontology=self.model.ontology.label,
            type=kind.name,
            event=event.id if event else None,
            status=facts.status,
            actor=facts.actor,
            recipient=facts.recipient,
            quad=kind.quad,
            score=kind.score,
            date=facts.date,
            date_span=facts.date_span,
            date_reason=facts.date_reason,
            place=facts.place,
            place_span=facts.place_span,
            where=facts.where,
            place_reason=facts.place_reason,
            confidence=round(spot.confidence, 4),
            made_by=MADE_BY,
        )


def load(path: Path | str, *, threads: int = 1) -> CustomCoder:
    """The shipped coder with the custom model of a file.

    Raises UsageError where there is no such file, ModelError where it is damaged or belongs to another encoder.
    """
    return on_top(Coder.load(threads=threads), Model.read(path), str(path))


def on_top(coder: Coder, model: Model, name: str = "the model") -> CustomCoder:
    """The coder with a model on top; raises ModelError where the two do not belong together."""
    encoder = coder.encoder
    if not isinstance(encoder, Encoder) or encoder.hash != model.about.base:
        ours = f"{encoder.version} {encoder.hash[:12]}"
        theirs = f"{model.about.base_version} {model.about.base[:12]}"
        raise ModelError(
            name, f"was trained on encoder {theirs}, and this is {ours}", "train it anew: the same files do"
        )
    width = encoder.graphs.encoder.get_outputs()[0].shape[-1]
    if model.about.features != 2 * width:
        raise ModelError(name, f"has {model.about.features} features, not {2 * width}", "train it anew")
    return CustomCoder(encoder=encoder, resolver=coder.resolver, languages=coder.languages, model=model)


def _plain(coder: CustomCoder) -> str:
    return Coder(encoder=coder.encoder, resolver=coder.resolver).name


def _of(spot: Spotted, events: Sequence[Event]) -> Event | None:
    """The event whose words a stretch shares."""
    return next((one for one in events if one.trigger_span.overlap(spot.span)), None)


def _triggers(encoder: Encoder, spots: Sequence[Spotted], reading: Reading) -> Iterator[Trigger]:
    """What the encoder's companion says of stretches that the encoder itself did not propose."""
    annotated, by_window = reading.annotated, sorted({spot.sentence.window for spot in spots})
    findings = []
    for number in by_window:
        window, words, logits = reading.windows[number]
        own = [spot for spot in spots if spot.sentence.window == number]
        companions: dict[tuple[str, int], tuple[list[Found], Floats]] = {}
        for spot in own:
            first, last = spot.sentence.begin, spot.sentence.begin + len(spot.sentence.spans)
            focus = ("event", first + spot.begin, first + spot.end)
            companions.update(encoder.accompany(words[first:last], [focus], first))
        starts = [(spot.sentence.begin + spot.begin, spot.sentence.begin + spot.end) for spot in own]
        tagged: dict[str, list[Found]] = {tagger: [] for tagger in TAGGERS}
        tagged["trigger"] = [Found(0, a, b, 0, 1.0) for a, b in starts]
        findings.append(WindowFindings(window=window, tagged=tagged, logits=logits, companions=companions))
    yield from assemble(annotated.report, annotated.sentences, findings, encoder.manifest, 0.0).triggers
