"""Segmentation of everybody at once: who is a member of what, from when to when, in a few set operations."""
