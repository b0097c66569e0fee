"""Data quality: how good the records are, and how far a value measured from them can be relied on."""
