"""Linking: copies of one text, tellings of one happening, who holds what of it, how its counts changed.

Plain functions from frozen records to frozen records; none of them knows of a store.
"""
