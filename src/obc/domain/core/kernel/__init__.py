"""A closed list: period, money, rate, organisation, provenance, problem. Nothing else may move in."""
