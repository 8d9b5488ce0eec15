"""tensionwire: who did what to whom, who says so, and how tense things are.

>>> import tensionwire as tw
>>> tw.__version__.count(".")
2
"""

__version__ = "0.1.0"
