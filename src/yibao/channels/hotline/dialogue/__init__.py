"""What is said and asked in a call: states, each with what it says and what its keys do. No sound, no sockets."""
