"""The open API under /api/v1/: the same answers as everywhere, as JSON, with an OpenAPI description."""
