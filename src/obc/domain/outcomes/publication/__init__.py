"""Publication: what may be shown of small numbers, to whom. Scoring never sees any of this."""
