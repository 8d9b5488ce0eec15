"""Invented reports and tellings, written for these tests; nothing in them happened."""

from tensionwire.records import Actor, AgendaItem, Claim, Event, Figure, Party, Record, Span, Telling, content_hash

WIRE = """Kessel and Tarn agreed on Tuesday to reopen the border bridge at Ostrava Mill after eleven weeks, officials of both
governments said, ending a dispute over river tolls that had idled hundreds of lorries.

Foreign Minister Lena Hadrik of Kessel told reporters that the first convoy would cross on Friday morning. "Nobody gains
from an empty bridge," she said after four hours of talks in the frontier town of Velin.

Her counterpart from Tarn, Josip Maren, said inspectors from the River Commission would count the lorries for a month, and
that the tolls would be set anew in spring. He praised the commission's patience.

The bridge was closed in August when Tarn's customs guards turned back a column of Kessel grain trucks. Two drivers were
arrested and later released. Farmers on the Kessel side had dumped rotting plums before the customs house in protest.

Traders welcomed the accord. The chamber of commerce in Velin said losses had reached nine million crowns, most of them
borne by small haulage firms that could not pay for the detour through the mountains. Shares of two shipping companies rose."""

REWRITE = """A bridge between Tarn and Kessel that has stood shut since August is to open again at the end of the week.

The deal was struck in Velin on Tuesday. Lena Hadrik, who speaks for Kessel abroad, announced that lorries may roll from
Friday; for Tarn, Josip Maren promised that the River Commission will watch traffic over the first month.

At issue were fees that Tarn takes from boats and trucks on the river. The quarrel began with grain lorries sent back by
customs men and with the arrest of two drivers, who have long gone home.

Businesspeople put their damage at nine million crowns. "It is high time," said a haulier whose detour led over the pass."""

OTHER = """The parliament of Orvania voted on Monday to raise the age of retirement by two years, in the face of strikes that have
stopped trains and ferries since the weekend. Deputies of the ruling party passed the bill by a margin of eleven votes, and
unions at once called for a march on the capital. The finance minister defended the law as the only way to pay pensions."""


def telling(report, trigger="shelled", **more):
    """An attack in a town of an invented land."""
    known = {
        "type": "ASSAULT",
        "quad": 4,
        "score": -9.0,
        "actor": (Party(code="KSL", name="Kessel"),),
        "recipient": (Party(code="TRN", name="Tarn"),),
        "first": "2031-03-04",
        "last": "2031-03-04",
        "published": "2031-03-05",
        "place": "Velin",
        "trigger": trigger,
        "sentence": f"Kessel troops {trigger} the frontier town of Velin on March 4, Tarn's army said.",
        "topic": ("velin", "kessel", "tarn", "fronti", "troop", "maren", "hadrik"),
    }
    return Telling(report=report, event="e1", **(known | more))


class Writing:
    """A record made of sentences, its parts named by their words."""

    def __init__(self, *sentences, published="2031-03-05", outlet="The Velin Post", **known):
        self.text = " ".join(sentences)
        starts = [self.text.index(sentence) for sentence in sentences]
        self.spans = tuple(Span(at, at + len(words)) for at, words in zip(starts, sentences, strict=True))
        self.known = {"published": published, "outlet": outlet} | known
        self.parts = {"events": [], "claims": [], "figures": [], "agenda": []}

    def span(self, words):
        at = self.text.index(words)
        return Span(at, at + len(words))

    def sentence(self, words):
        at = self.span(words).start
        return next(n for n, span in enumerate(self.spans) if span.start <= at < span.end)

    def actor(self, words, code=None, name=None, sector="GOV"):
        return Actor(text=words, span=self.span(words), name=name or words, code=code, sector=sector)

    def event(self, id, words, type="ASSAULT", quad=4, **more):
        self.parts["events"].append(
            Event(
                id=id,
                s=self.sentence(words),
                trigger=words,
                trigger_span=self.span(words),
                type=type,
                quad=quad,
                score=0.0,
                **more,
            )
        )
        return self

    def claim(self, id, words, speaker, **more):
        self.parts["claims"].append(
            Claim(id=id, s=self.sentence(words), speaker=speaker, content=words, content_span=self.span(words), **more)
        )
        return self

    def figure(self, id, words, event, low=None, high=None, what="killed"):
        self.parts["figures"].append(
            Figure(
                id=id,
                s=self.sentence(words),
                text=words,
                span=self.span(words),
                what=what,
                low=low,
                high=high,
                event=event,
            )
        )
        return self

    def item(self, id, words, **more):
        self.parts["agenda"].append(
            AgendaItem(id=id, s=self.sentence(words), text=words, span=self.span(words), **more)
        )
        return self

    def record(self, doc_id="r1"):
        parts = {name: tuple(some) for name, some in self.parts.items()}
        return Record(
            doc_id=doc_id,
            text=self.text,
            content_hash=content_hash(self.text),
            sentences=self.spans,
            **self.known,
            **parts,
        )
