"""Adjustment: what an outcome would be were the mix of people the same everywhere."""
