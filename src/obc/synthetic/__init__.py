"""Made-up records with known truth. Imports nothing from indicators, so that the two cannot agree by mistake."""
