"""What leaves the ledger for people to read: the agenda, alerts and briefings.

Evidence sentences are quoted, not whole reports, unless an outlet's texts are free to republish.
"""
