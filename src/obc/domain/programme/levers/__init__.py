"""Levers: what a commissioner can pull, supportive before punitive; escalation, feedback, promises, savings."""
