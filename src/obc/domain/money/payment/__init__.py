"""The payment mechanism: an ordered tree of primitives."""
