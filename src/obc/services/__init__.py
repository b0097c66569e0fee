"""One use case a file. A service says what it needs as a small Protocol; adapters fit by shape."""
