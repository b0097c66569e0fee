"""Lines and papers can be added and read. The database itself refuses to change or delete one, whoever asks."""

from django.db import migrations

TABLES = ("store_line", "store_paper")


def _guard(apps, editor):
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            words = f"{table} is append-only: add a line that says what is true now"
            if editor.connection.vendor == "sqlite":
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END"
                )
            else:
                editor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$"
                )
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
        if editor.connection.vendor == "postgresql":
            name = f"{table}_no_truncate"
            editor.execute(f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_no_delete()")


def _free(apps, editor):
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        for event in ("update", "delete"):
            name = f"{table}_no_{event}"
            if editor.connection.vendor == "sqlite":
                editor.execute(f"DROP TRIGGER {name}")
            else:
                editor.execute(f"DROP TRIGGER {name} ON {table}")
                editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    """Triggers, on SQLite and on PostgreSQL."""

    dependencies = (("store", "0001_initial"),)
    operations = (migrations.RunPython(_guard, _free),)
