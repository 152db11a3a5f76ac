"""Which apps are registered, who consented to what, until when, and what one process keeps for another meanwhile."""
