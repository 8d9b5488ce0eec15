"""The web desk: pages and an API on a ledger, rendered here, that ask nobody else for anything."""
