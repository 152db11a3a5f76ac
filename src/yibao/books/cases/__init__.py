"""What people say is wrong with a figure, kept for the keepers of the law."""
