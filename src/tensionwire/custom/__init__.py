"""Types of your own: a small classifier on top of the shipped encoder, trained from a few examples each.

`read_ontology` and `read_examples` read what the user brings, `train` makes a `Model` of it with an account of how good
it is, `load` makes a coder of a model's file. The encoder itself is never changed.
"""

from tensionwire.custom.account import Account, Score
from tensionwire.custom.coder import CustomCoder, load
from tensionwire.custom.examples import Example, read_examples
from tensionwire.custom.faults import Mistakes
from tensionwire.custom.model import Model
from tensionwire.custom.ontology import CustomType, Ontology, read_ontology
from tensionwire.custom.training import Trained, train

__all__ = [
    "Account", "CustomCoder", "CustomType", "Example", "Mistakes", "Model", "Ontology", "Score", "Trained", "load",
    "read_examples", "read_ontology", "train",
]  # fmt: skip
