"""Every row: reading and checking records, definitions to SQL to DuckDB, the values file."""
