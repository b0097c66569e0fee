"""How well: from indicator values to points."""
