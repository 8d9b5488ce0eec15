"""Who may use the desk: accounts, sessions, API tokens and invitations, kept in the ledger's database."""
