"""What happened: small Django apps of models, constraints and migrations; no workflow and no figures of their own."""
