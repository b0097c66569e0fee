"""The report adds up, and its problems stand in the order in which people read them."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.records.report import Completeness, RecordsReport, TableCount, in_order


def test_every_row_read_is_somewhere():
    count = TableCount(table="people", read=10, left_out=1, superseded=2, set_aside=3, accepted=4)
    report = RecordsReport(
        mapping="m", records_hash="h", problems=(), counts=(count, TableCount(table="x", absent=True))
    )
    assert report.count("people") == count
    assert report.absent == ("x",)
    with pytest.raises(ValidationError, match="people: 10 rows read"):
        TableCount(table="people", read=10, accepted=9)
    with pytest.raises(KeyError):
        report.count("y")


def test_the_share_of_no_rows_is_no_number():
    assert Completeness(table="t", field="f", rows=0, filled=0).share is None
    assert Completeness(table="t", field="f", rows=3, filled=1).share == Decimal("0.3333")


def test_errors_come_first_then_files_and_lines():
    def problem(file, line, severity):
        return Problem(file=file, line=line, where="w", found="f", expected="e", severity=severity)

    given = [
        problem("a", 2, "warning"),
        problem("b", 9, "error"),
        problem("b", None, "error"),
        problem("a", 3, "error"),
    ]
    assert [(p.file, p.line) for p in in_order(given)] == [("a", 3), ("b", None), ("b", 9), ("a", 2)]
