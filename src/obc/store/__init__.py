"""The database: trails, papers, runs, people and their roles. No row of a person in care ever enters it."""
