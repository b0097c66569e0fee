"""Backup: everything the database holds, as one file that any database can be filled from."""

import io
import json
import zipfile
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import connection, transaction

from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.provenance import digest
from obc.store.models import Book

MODELS = (
    "auth.User",
    "mfa.Authenticator",
    "store.Book",
    "store.Membership",
    "store.Token",
    "store.Paper",
    "store.Line",
    "store.Standing",
    "store.Run",
    "store.Subject",
    "store.Choice",
    "store.Gathered",
    "store.Notice",
    "store.Draft",
    "store.Looked",
)
"""What is kept, in the order in which it can be put back. Sessions are not: people sign in again."""
ROWS, MANIFEST = "rows.jsonl", "manifest.json"


def back_up() -> bytes:
    """A ZIP of all rows, as they were at one moment, also while others write; with the head of every book."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rows = "".join(
            serializers.serialize("jsonl", apps.get_model(name).objects.order_by("pk").iterator()) for name in MODELS
        ).encode()
        manifest = {"schema_version": 1, "rows": digest(rows), "heads": heads()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(MANIFEST, json.dumps(manifest, indent=1))
        out.writestr(ROWS, rows)
    return packed.getvalue()


def put_back(content: bytes) -> dict[str, str]:
    """Fill an empty database from a backup; all of it or nothing. Returns the head of every book. Raises `Problems`."""
    manifest, rows = _read(content)
    if any(apps.get_model(name).objects.exists() for name in MODELS):
        raise refusal("the backup", "the database", "rows in it already", "restore into a new, empty home")
    with transaction.atomic():
        for row in serializers.deserialize("jsonl", rows.decode()):
            row.save()
        _count_on()
        if heads() != manifest["heads"]:
            raise refusal("the backup", "its rows", "other heads than it names", "use a backup that is whole")
    return heads()


def heads_in(content: bytes) -> dict[str, str]:
    """The heads that a backup names. Raises `Problems`."""
    return dict(_read(content)[0]["heads"])


def heads() -> dict[str, str]:
    """The hash of the last line of every book."""
    return dict(Book.objects.order_by("id").values_list("id", "head"))


def _read(content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            manifest, rows = json.loads(packed.read(MANIFEST)), packed.read(ROWS)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise refusal("the backup", "the file", "no backup", "give the file that 'obc backup' wrote") from error
    if manifest.get("rows") != digest(rows):
        raise refusal("the backup", "the file", "rows that were changed", "use a backup that is whole")
    return manifest, rows


def _count_on() -> None:
    """PostgreSQL numbers new rows from where it left off: tell it where that is."""
    from django.core.management.color import no_style

    models = [apps.get_model(name) for name in MODELS]
    statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
