"""Records that several commands of a test file are given are read once; reading has tests of its own."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from obc.domain.measurement.records.report import RecordsReport
from obc.engine.records.read import read_records


@pytest.fixture(scope="module")
def records_read_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever opens records that were read before, the same way, finds the tables as they were put down then."""
    place = tmp_path_factory.mktemp("read")
    known: dict[Any, tuple[str, RecordsReport]] = {}

    def read(folder, mapping, connection, lists, known_on=None) -> RecordsReport:
        files = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.rglob("*"))]
        key = tuple(files), mapping, tuple(lists.items()), known_on
        (own,) = connection.execute("SELECT current_database()").fetchone()
        if key in known:
            kept, report = known[key]
            return _copied(connection, kept, "kept", own) or report
        report = read_records(folder, mapping, connection, lists, known_on)
        known[key] = kept, _ = str(place / f"{len(known)}.duckdb"), report
        return _copied(connection, kept, own, "kept") or report

    with patch("obc.engine.session.read_records", read):
        yield


def _copied(connection: Any, kept: str, source: str, target: str) -> None:
    connection.execute(f"ATTACH '{kept}' AS kept")
    connection.execute(f"COPY FROM DATABASE {source} TO {target}")
    connection.execute("DETACH kept")
