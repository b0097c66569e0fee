"""Looking ahead: where the figures of a contract year may end."""
