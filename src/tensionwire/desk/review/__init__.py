"""Review: persons confirm, correct or reject what was coded; how far they agree; training records of it."""
