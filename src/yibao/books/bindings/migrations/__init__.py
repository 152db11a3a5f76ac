"""The migrations of the bindings."""
