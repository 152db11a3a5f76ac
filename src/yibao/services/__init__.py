"""What one can do: one function a use case, the same for every channel."""
