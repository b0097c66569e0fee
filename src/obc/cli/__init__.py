"""The command line: every command for people and, with --format json, for machines."""
