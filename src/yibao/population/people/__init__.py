"""People to run the law on: made up after published statistics, or read from an agency's own files."""
