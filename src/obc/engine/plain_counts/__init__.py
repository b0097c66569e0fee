"""Plain counts of records: what is written down, of whom, and how; sums only leave."""
