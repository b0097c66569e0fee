"""Django models and migrations, audit, runs."""
