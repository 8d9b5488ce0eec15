"""The label sets of the encoder. They travel with the model in its manifest; nothing else lists them."""

from __future__ import annotations

TYPES = """
    AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST
    ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT
""".split()

_MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": """
        abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack
        aerial drone heavy-weapons crowd-control unconventional
    """,
}
MODES = [f"{t}.{m}" for t in TYPES for m in ("-", *_MODES.get(t, "").split())]

STATUSES = "actual planned hypothetical negated historical alleged".split()

CONTEXTS = """
    military intelligence executive legislative election political_institutions pro_democracy pro_autocracy
    economic legal reparations human_rights rights_freedoms repression human_security gender lgbt
    religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters
    natural_resource environment technology terrorism cbrn cyber misinformation crime corruption
    illegal_drugs trafficking
""".split()

SECTORS = """
    - GOV MIL COP JUD LEG SPY PTY OPP REB PRM UAF CVL JRN BUS LAB EDU REL REF SOC MED CRM ELI UNK AGR
""".split()

FORMS = "direct indirect mixed".split()
STANCES = "asserts denies accuses demands predicts doubts".split()
EVIDENCE = "- offered none".split()
# Where a report tells an act's date or place: not at all, in the act's own sentence, in another.
TOLD = "nowhere here elsewhere".split()
KINDS = "person body place".split()
SIGNS = "+ -".split()

# Word-level taggers of the encoder: each is outside / begins / goes on.
TAGGERS = "trigger content count tie appointment party name".split()

# Companions of a span, tagged by the second graph; each list is one exclusive begin/inside tag set.
COMPANIONS = {
    "event": "actor recipient place date".split(),
    "claim": "speaker cue".split(),
}
# An auxiliary task of training only: PropBank arguments of a predicate.
PREDICATE = "ARG0 ARG1 ARG2 ARGM-LOC ARGM-TMP".split()
