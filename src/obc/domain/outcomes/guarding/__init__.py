"""Guarding: whether a figure moved because lives did, or because of how it was come by."""
