"""The desk as static pages, with a signed list of hashes."""
