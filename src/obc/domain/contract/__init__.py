"""The agreed whole."""
