"""What matters and how well it was reached."""
