"""Everything around the money: case for change, procurement, engagement, gates, risks, levers."""
