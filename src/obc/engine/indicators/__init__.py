"""Indicators of everybody at once: definitions become queries, and queries become indicator values."""
