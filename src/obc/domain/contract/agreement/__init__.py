"""Parties, term and the parts of a contract, checked against each other."""
