"""A mapping read backwards: which files, with which columns."""

from pathlib import Path

import duckdb
import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.tables import BY_NAME
from obc.synthetic.layout import columns_read, layouts
from synthetic_county import made

LOCAL = RecordMapping.model_validate(
    {
        "id": "local",
        "title": "A local extract",
        "source": "made up for this test",
        "submitted": {"month number": "Month"},
        "tables": {
            "referrals": {
                "from": "Refs",
                "columns": {
                    "referral_id": {"joined": ["Ref", "Day"]},
                    "person_id": "Who",
                    "provider": "Org",
                    "happened": "Day",
                    "happened_at": {"column": "Day", "time": "Clock"},
                    "team": {"look up": "Kind", "in": "Teams", "by": ["TeamNo"]},
                },
            },
            "diagnoses": [
                {
                    "from": f"{position.title()}s",
                    "where": {"Scheme": "02"},
                    "columns": {
                        "diagnosis_id": "Id",
                        "person_id": "Who",
                        "provider": "Org",
                        "happened": "Day",
                        "diagnosis": "Code",
                        "position": {"constant": position},
                    },
                }
                for position in ("primary", "secondary")
            ],
        },
    }
)


def test_every_file_has_every_column_that_is_read() -> None:
    read = columns_read(LOCAL)
    assert read["Refs"] == ["Ref", "Day", "Who", "Org", "Clock", "TeamNo"]
    assert read["Teams"] == ["TeamNo", "Kind"]
    assert read["Primarys"] == ["Scheme", "Id", "Who", "Org", "Day", "Code"]
    assert read["contacts"] == [column.name for column in BY_NAME["contacts"].columns]


def test_parts_times_and_look_ups_find_their_places() -> None:
    main, teams = layouts(LOCAL, BY_NAME["referrals"], "0")
    assert main.columns["Day"] == '"happened"'
    assert main.columns["Ref"] == '"referral_id"'
    assert main.columns["Clock"] == "strftime(\"happened_at\", '%H:%M:%S')"
    assert main.columns["TeamNo"] == teams.columns["TeamNo"] == teams.columns["Kind"] == '"team"'
    assert teams.distinct


def test_constants_tell_sources_apart_and_codes_are_filled_in(tmp_path: Path) -> None:
    report = made(tmp_path / "out", 400, mapping=LOCAL)
    rows = {file.file: file.rows for file in report.files}
    assert rows["Primarys.parquet"] > rows["Secondarys.parquet"] > 0
    found = duckdb.sql(f"SELECT DISTINCT Scheme FROM '{tmp_path}/out/Primarys.parquet'").fetchall()
    assert found == [("02",)]
    months = duckdb.sql(f"SELECT Month, Day FROM '{tmp_path}/out/Refs.parquet' WHERE Day >= '2014-04-01' LIMIT 1")
    number, day = months.fetchall()[0]
    assert number == (day.year - 1900) * 12 + day.month - 3


def test_two_tables_in_one_file_are_refused(tmp_path: Path) -> None:
    tables = {
        name: {"from": "Both", "columns": {column.name: column.name for column in BY_NAME[name].columns}}
        for name in ("deaths", "carers")
    }
    content = {"id": "both", "title": "Both", "source": "made up", "tables": tables}
    with pytest.raises(Problems, match="two logical tables in one file"):
        made(tmp_path / "out", 50, mapping=RecordMapping.model_validate(content))
    assert list(tmp_path.iterdir()) == []
