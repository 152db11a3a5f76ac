"""The law of every pooling area as dated, cited data with small pure rules: no Django, no clock, no database."""
