"""The case for change: is it worth it, for whom, and against what alternative."""
