"""Faults as people write them, and what may be spoiled."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from obc.synthetic.faults import PARENTS, Faults
from shipped import read
from synthetic_county import made, opened

WRITTEN = """
missing months: [{provider: RNU, month: 2014-06-01}]
stops: [{provider: OX01, day: 2016-01-01}]
late: {share: 0.1, months: 4}
repeated: 0.01
unknown code: 0.02
wrong order: 0.03
orphan: 0.04
"""


def test_faults_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text(WRITTEN, encoding="utf-8")
    faults = read(path, Faults)
    assert faults.missing_months[0].month == date(2014, 6, 1)
    assert faults.stops[0].provider == "OX01"
    assert faults.late is not None
    assert (faults.late.months, faults.unknown_code, faults.orphan) == (4, 0.02, 0.04)


def test_more_than_a_fifth_is_no_longer_a_fault() -> None:
    with pytest.raises(ValidationError):
        Faults(repeated=0.3)


def test_no_single_row_of_a_table_that_others_belong_to_is_spoiled(tmp_path: Path) -> None:
    assert {"people", "referrals", "carers"} == PARENTS
    report = made(tmp_path / "bad", faults=Faults(repeated=0.1, unknown_code=0.1, wrong_order=0.1, orphan=0.1))
    assert not PARENTS & {sown.table for sown in report.sown}
    made(tmp_path / "good")
    bad, good = opened(tmp_path / "bad"), opened(tmp_path / "good")
    for table in PARENTS:
        query = f"SELECT count(*), sum(hash(t)::HUGEINT) FROM {table} t"
        assert bad.execute(query).fetchone() == good.execute(query).fetchone()


def test_without_faults_none_are_reported(tmp_path: Path) -> None:
    assert made(tmp_path / "out").sown == ()
    assert made(tmp_path / "none", faults=Faults()).sown == ()


def test_the_same_faults_fall_on_the_same_rows(tmp_path: Path) -> None:
    faults = Faults(repeated=0.05, unknown_code=0.05)
    reports = [made(tmp_path / name, faults=faults) for name in ("one", "two")]
    assert reports[0] == reports[1]
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
