"""How tense a relation is: series by pair or bloc and by issue, with bands, change points, and what they are made of.

Pure: tellings come in, a series goes out; nothing here knows a store.
"""
