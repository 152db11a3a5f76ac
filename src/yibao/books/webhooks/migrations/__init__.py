"""The tables of the webhooks."""
