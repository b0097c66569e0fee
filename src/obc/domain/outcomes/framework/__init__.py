"""What matters: outcomes, points, indicators, thresholds."""
