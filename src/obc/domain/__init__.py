"""The subject, pure: no I/O, no database, no engine, no clock."""
