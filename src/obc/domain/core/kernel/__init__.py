"""A closed list: period, money, rate, figure, organisation, people, provenance, problem, states, trail."""
