"""YAML and mapping files to the domain, with file and line in every message."""
