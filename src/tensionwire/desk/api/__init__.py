"""The API under /api/v1: everything that a page shows, as JSON."""
