"""How providers are chosen: structures, routes to contract, the law of the day, the assessment of bidders."""
