"""The API: what pages show, for programs. The same functions answer both, so a row here is the row there."""
