"""How does one ask by telephone (12393)? A conversation of spoken sentences and keys, and the telephone around it."""
