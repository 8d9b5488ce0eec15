"""Our counting against the stand-alone scorers that come with the benchmark sets, on damaged gold answers."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tensionwire.evaluate import BENCHMARKS, estimates
from tensionwire.evaluate.benchmark import rows

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.is_dir(), reason="needs ../shared/gold beside the repository"),
]

COMMANDS = {
    "plover_gsr": "plover",
    "plv": "plv",
    "cameo_class": "cameo_class",
    "cameo_ner": "cameo_ner",
    "polnear": "polnear",
    "re3d": "re3d",
    "ngec_actors": "ngec",
}

HIT = "record_hit_rate (any predicted type is gold)"
LENIENT = "record_hit_rate_lenient (alt type accepted)"
HALF = "attribution (content token-Jaccard>=0.5)"
WHOLE = "attribution full strict (source, cue and content identical)"

# Our measure's name, and where the scorer prints the same.
SAME = {
    "plover_gsr": {
        "type": ("event_type", "micro", "F1"),
        "type (macro)": ("event_type", "macro_F1"),
        "hit": (HIT,),
        "hit.lenient": (LENIENT,),
        "first": ("first_type_accuracy",),
        "source.exact": ("source_span", "exact", "F1"),
        "source.overlap": ("source_span", "overlap", "F1"),
        "target.exact": ("target_span", "exact", "F1"),
        "target.overlap": ("target_span", "overlap", "F1"),
        "parties.exact": ("source+target_span", "exact", "F1"),
        "parties.overlap": ("source+target_span", "overlap", "F1"),
        "country": ("country_code", "both", "micro", "F1"),
        "sector.source": ("sector", "source", "micro", "F1"),
        "sector.target": ("sector", "target", "micro", "F1"),
        "dyad": ("strict type+source country+target country", "F1"),
    },
    "plv": {
        "type": ("event_type", "micro", "F1"),
        "type (macro)": ("event_type", "macro_F1"),
        "hit": (HIT,),
        "first": ("first_type_accuracy",),
    },
    "cameo_class": {
        "class": ("accuracy",),
        "per class (macro)": ("macro_F1",),
        "event": ("event_vs_none_accuracy",),
    },
    "cameo_ner": {
        "role.exact": ("exact", "F1"),
        "role.overlap": ("overlap", "F1"),
        "any role.exact": ("role_blind", "exact", "F1"),
        "any role.overlap": ("role_blind", "overlap", "F1"),
    },
    "polnear": {
        "attribution": (HALF, "F1"),
        "attribution.strict": ("attribution strict (content identical)", "F1"),
        "attribution.full": (WHOLE, "F1"),
        "source.exact": ("on matched", "source exact"),
        "source.overlap": ("on matched", "source overlaps (or both empty)"),
        "cue.exact": ("on matched", "cue exact"),
        "source.words": ("on matched", "source tokens", "F1"),
        "cue.words": ("on matched", "cue tokens", "F1"),
        "content.words": ("on matched", "content tokens", "F1"),
    },
    "re3d": {
        "entity.exact": ("entities_typed", "exact", "F1"),
        "entity.overlap": ("entities_typed", "overlap", "F1"),
        "any entity.exact": ("entities_untyped", "exact", "F1"),
        "any entity.overlap": ("entities_untyped", "overlap", "F1"),
        "relation.exact": ("relations_exact", "F1"),
        "relation.overlap": ("relations_overlap_args", "F1"),
        "relation.pair": ("relations_pair_only (type and direction ignored)", "F1"),
    },
    "ngec_actors": {
        "country": ("accuracy", "country"),
        "country.known": ("accuracy", "country (non-empty gold)"),
        "code_1": ("accuracy", "code_1"),
        "code_1.known": ("accuracy", "code_1 (non-empty gold)"),
        "code_2": ("accuracy", "code_2"),
        "wiki": ("accuracy", "wiki"),
        "no_match": ("accuracy", "no_match"),
        "all": ("all_fields_correct",),
    },
}

TYPES = ("ASSAULT", "CONSULT", "REQUEST", "RETREAT")


def damaged(value, chance, key=""):
    """A copy with items dropped and doubled, numbers shifted, types and codes exchanged, at random."""
    if isinstance(value, dict):
        return {k: damaged(v, chance, k) for k, v in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(v, int) for v in value):
            shift = chance.choice((0, 0, 0, -3, 2, 9))
            return [max(0, value[0] + shift), max(1, value[1] + shift)] if len(value) == 2 else value
        kept = [v for v in value if chance.random() > 0.15]
        return [damaged(v, chance, key) for v in kept + kept[: chance.random() < 0.2]]
    if isinstance(value, int) and not isinstance(value, bool):
        if key in ("start", "end"):
            return max(0, value + chance.choice((0, 0, 0, 0, -2, 3)))
        return chance.randrange(5) if key == "label" and chance.random() < 0.3 else value
    if isinstance(value, str) and key != "text" and chance.random() < 0.15:
        return chance.choice(TYPES) if key.startswith("type") else chance.choice(("-", "USA", "GOV", "actual"))
    return value


def predictions(gold, seed):
    chance = random.Random(seed)
    kept = [row for row in gold if chance.random() > 0.05]
    fixed = ("id", "doc_id", "text")
    return [damaged(row, chance) | {k: row[k] for k in fixed if k in row} for row in kept]


def scored_by(script, arguments):
    command = [sys.executable, str(script), *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def answers(benchmark, tmp_path):
    path = GOLD / benchmark.name / "dev.jsonl"
    if not path.is_file():
        pytest.skip(f"no {path}")
    gold = rows(path)[: 5 if benchmark.name == "polnear" else None]  # their tokens take half a minute
    given = predictions(gold, benchmark.name)
    if benchmark.name == "ngec_actors":
        given = [{"id": row["id"], **row["gold"]} for row in given]
    if benchmark.name == "plover_gsr":
        given = [row | {"events": [e for e in row["events"] if e.get("type")]} for row in given]
    paths = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    for path, lines in zip(paths, (gold, given), strict=True):
        path.write_text("\n".join(json.dumps(row) for row in lines), encoding="utf-8")
    known = {row.get("id") or row.get("doc_id"): row for row in given}
    tallies = [benchmark.tally(row, known.get(row.get("id") or row.get("doc_id"), {})) for row in gold]
    return *paths, {e.measure.name: e.value for e in estimates(benchmark.measures, tallies)}


# What the common scorer does not give.
OURS = {"country and sector", "custom.type"}


@pytest.mark.parametrize("benchmark", [b for b in BENCHMARKS if b.name in COMMANDS], ids=lambda b: b.name)
def test_same_figures_as_the_common_scorer(benchmark, tmp_path):
    gold, out, ours = answers(benchmark, tmp_path)
    theirs = scored_by(GOLD / "score.py", [COMMANDS[benchmark.name], gold, out])
    assert set(SAME[benchmark.name]) == set(ours) - OURS
    for name, path in SAME[benchmark.name].items():
        figure = theirs
        for step in path:
            figure = figure[step]
        figure = float(figure.split()[0]) if isinstance(figure, str) else figure
        assert ours[name] == pytest.approx(figure, abs=1e-4), name


def test_same_figures_as_the_scorer_of_records(tmp_path):
    gold, out, ours = answers(BENCHMARKS[0], tmp_path)
    theirs = scored_by(GOLD / "records" / "score_records.py", [gold, out, "--json"])
    assert set(theirs) == set(ours) - OURS
    for name, figures in theirs.items():
        figure = figures["f1"] if "f1" in figures else figures["accuracy"]
        assert ours[name] == pytest.approx(figure, abs=1e-9), name
