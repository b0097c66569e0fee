"""The web application: the same figures for all parties, in a browser."""
