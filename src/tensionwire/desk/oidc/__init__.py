"""Logging in through an OpenID Connect provider, for desks whose people have accounts elsewhere."""
