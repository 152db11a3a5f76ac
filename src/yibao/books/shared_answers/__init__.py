"""Answers that someone chose to keep for a while, under a number that cannot be guessed."""
