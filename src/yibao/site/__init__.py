"""The wiring: settings, urls, server, keys, the embedded PostgreSQL's starter; the one floor that knows all others."""
