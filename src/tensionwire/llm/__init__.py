"""A coder that asks a language model behind an OpenAI-compatible endpoint.

It believes only what the text bears out: what is not there word for word is dropped and counted.
"""

from tensionwire.llm.coder import EndpointCoder
from tensionwire.llm.failures import AnswerError, BudgetSpent, EndpointError, EndpointLost
from tensionwire.llm.settings import Settings

__all__ = ["AnswerError", "BudgetSpent", "EndpointCoder", "EndpointError", "EndpointLost", "Settings"]
