"""Engagement: who was asked, what was heard, what became of it, who endorses the outcomes; and the change itself."""
