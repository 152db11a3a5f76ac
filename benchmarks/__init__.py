"""What the program costs, measured beside its peers and its limits on the machine at hand."""
