"""Keeping: sums of earlier runs that are still good, so that a new month touches only what depends on it."""
