"""How it is measured: definitions, their meaning for one person, and the values they come to."""
