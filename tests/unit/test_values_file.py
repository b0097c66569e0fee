"""The values file: what goes in comes out, whatever the format; what is no value is refused with its line."""

from datetime import date
from decimal import Decimal

import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.engine.values_file import read_values, write_values


def value(segment: str = "all", **others) -> IndicatorValue:
    return IndicatorValue(
        indicator="still-housed",
        segment=segment,
        period_start=date(2014, 4, 1),
        period_end=date(2014, 6, 30),
        **{"numerator": Decimal(25), "denominator": Decimal(255), "value": Decimal("0.0980392157"), **others},
    )


VALUES = ValueSet(
    values=(value(), value("psychosis", numerator=None, denominator=None, value=None, evidence=Evidence.MISSING)),
    contract_hash="sha256:c",
    records_hash="sha256:r",
    definitions_hash="sha256:d",
)


@pytest.mark.parametrize("ending", ["parquet", "json", "csv"])
def test_values_survive_the_file(tmp_path, ending):
    path = tmp_path / f"values.{ending}"
    write_values(VALUES, path)
    read = read_values(path)
    assert read.hash == VALUES.hash
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    if ending != "csv":
        assert (read.contract_hash, read.records_hash) == ("sha256:c", "sha256:r")


@pytest.mark.parametrize("ending", ["parquet", "json", "csv"])
def test_the_order_of_values_changes_no_byte(tmp_path, ending):
    one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
    write_values(VALUES, one)
    write_values(VALUES.model_copy(update={"values": VALUES.values[::-1]}), other)
    assert one.read_bytes() == other.read_bytes()


def test_missing_stays_missing_and_is_never_nought(tmp_path):
    write_values(VALUES, tmp_path / "v.parquet")
    missing = next(v for v in read_values(tmp_path / "v.parquet").values if v.segment == "psychosis")
    assert (missing.numerator, missing.value, missing.evidence) == (None, None, Evidence.MISSING)


def test_a_value_too_long_for_the_file_is_refused_rather_than_rounded(tmp_path):
    long = ValueSet(values=(value(value=Decimal("0.1234567890123456789012345")),))
    with pytest.raises(ValueError, match="more digits"):
        write_values(long, tmp_path / "v.parquet")


def test_every_wrong_row_is_named_with_its_line(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text(
        "indicator,period_start,period_end,numerator\n"
        "still-housed,2014-04-01,2014-06-31,3\n"
        "still-housed,2014-04-01,2014-06-30,three\n"
        "still-housed,2014-07-01,2014-09-30,3\n"
        "still-housed,2014-07-01,2014-09-30,4\n"
    )
    with pytest.raises(Problems) as refused:
        read_values(path)
    assert [(p.line, p.where) for p in refused.value.problems] == [
        (2, "period_end"),
        (3, "numerator"),
        (5, "still-housed"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("v.parquet", b"PAR1 cut off", "cannot be read"),
        ("v.json", b'{"values": [', "cannot be read"),
        ("v.csv", "indicator\nÃ©".encode("utf-16"), "cannot be read"),
        ("v.txt", b"", "the ending '.txt'"),
    ],
)
def test_what_is_no_values_file_is_refused(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Problems, match=words):
        read_values(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Problems, match="no such file"):
        read_values(tmp_path / "v.parquet")
    with pytest.raises(Problems, match=r"\.parquet, \.json or \.csv"):
        write_values(VALUES, tmp_path / "v.txt")
