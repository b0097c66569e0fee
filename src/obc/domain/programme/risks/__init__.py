"""Risks: what could go wrong, how bad, how likely, what is done about it, and who must hear of it."""
