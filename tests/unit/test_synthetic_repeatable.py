"""The same arguments give the same bytes; a folder is written whole or not at all."""

import hashlib
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.records.tables import TABLES
from obc.synthetic import writing
from obc.synthetic.extract import ENDINGS, REASONS_TO_END
from obc.synthetic.make import CHUNK, draw, make_records
from synthetic_county import made, opened, oxfordshire


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_same_seed_same_bytes_another_seed_other_bytes(tmp_path: Path, form: writing.Form) -> None:
    folders = [tmp_path / name for name in ("one", "two", "other")]
    for folder, seed in zip(folders, (7, 7, 8), strict=True):
        make_records(oxfordshire(), 250, seed, folder, form=form)
    one, two, other = map(_hashes, folders)
    assert one == two
    assert set(one) == {f"{table.name}.{form}" for table in TABLES}
    assert {name for name in one if one[name] == other[name]} == {f"population.{form}"}


def test_bytes_do_not_depend_on_the_number_of_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = duckdb.connect
    for threads in (1, 2):
        monkeypatch.setattr(
            writing.duckdb, "connect", lambda config, n=threads: connect(config={**config, "threads": n})
        )
        made(tmp_path / str(threads), 12_000)
    assert _hashes(tmp_path / "1") == _hashes(tmp_path / "2")


@pytest.mark.parametrize(("fewer", "more"), [(150, 400), (CHUNK, CHUNK + 200)])
def test_the_first_people_are_the_same_however_many_follow(tmp_path: Path, fewer: int, more: int) -> None:
    for people in (fewer, more):
        made(tmp_path / str(people), people)
    few, many = opened(tmp_path / str(fewer)), opened(tmp_path / str(more))
    last = f"P{fewer:09d}"
    for table in TABLES:
        where = f"WHERE person_id <= '{last}'" if table.has("person_id") else ""
        query = f"SELECT count(*), sum(hash(t)::HUGEINT) FROM {table.name} t {where}"
        assert few.execute(query).fetchone() == many.execute(query).fetchone(), table.name
    assert many.execute("SELECT count(*) FROM people").fetchone() == (more,)


def test_one_dial_leaves_the_other_outcomes_alone() -> None:
    truth = oxfordshire()
    better = truth.model_copy(update={"home": truth.home.model_copy(update={"improvement": 0})})
    one, two = draw(truth, 2_000, 3), draw(better, 2_000, 3)
    before, after = ({name: rows.columns() for name, rows in extract.tables.items()} for extract in (one, two))
    same = {
        name
        for name in before
        if all(np.array_equal(before[name][column], after[name][column]) for column in before[name])
    }
    assert before.keys() - same == {"accommodation"}


def test_a_folder_that_holds_something_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(Problems) as refused:
        made(tmp_path / "out")
    assert "a folder that is not empty" in str(refused.value)
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "mine.txt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    report = made(tmp_path / "out", 5)
    assert {made.file for made in report.files} == {path.name for path in (tmp_path / "out").iterdir()}


def test_nothing_is_left_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "query", lambda *_: "SELECT nonsense")
    with pytest.raises(duckdb.Error):
        made(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_no_people_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="0 people"):
        made(tmp_path / "out", 0)


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    seen: list[float] = []
    make_records(oxfordshire(), 100, 1, tmp_path / "out", progress=lambda _, share: seen.append(share))
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_report_counts_the_rows_that_are_there(tmp_path: Path) -> None:
    report = made(tmp_path / "out", 200)
    connection = opened(tmp_path / "out")
    counted = {
        f"{table.name}.parquet": connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
        for table in TABLES
    }
    assert {file.file: file.rows for file in report.files} == counted
    assert report.rows == sum(counted.values())


def test_records_as_they_stood_earlier_hold_the_same_rows_and_nothing_later(tmp_path: Path) -> None:
    then = date(2015, 9, 30)
    make_records(oxfordshire(), 600, 1, tmp_path / "then", until=then)
    made(tmp_path / "now", 600)
    earlier, later = opened(tmp_path / "then"), opened(tmp_path / "now")
    for table in TABLES:
        if not table.has("happened"):
            continue
        ends = [column.name for column in table.columns if column.name in (*ENDINGS, *REASONS_TO_END)]
        lasting = f"SELECT * EXCLUDE ({', '.join(ends)})" if ends else "SELECT *"
        query = f"{lasting} FROM {table.name} WHERE happened <= DATE '{then}' ORDER BY ALL"
        assert earlier.execute(query).fetchall() == later.execute(query).fetchall(), table.name
        assert earlier.execute(f"SELECT count(*) FROM {table.name} WHERE happened > DATE '{then}'").fetchone() == (0,)
    closed = "SELECT count(*) FROM referrals WHERE discharged {} DATE '2015-09-30'"
    assert earlier.execute(closed.format(">")).fetchone() == (0,)
    assert earlier.execute(closed.format("<=")).fetchone() == later.execute(closed.format("<=")).fetchone()
    still = earlier.execute("SELECT count(*) FROM referrals WHERE discharged IS NULL AND closure_reason IS NOT NULL")
    assert still.fetchone() == (0,)
    known = "SELECT count(*) FROM people"
    assert earlier.execute(known).fetchone() < later.execute(known).fetchone() == (600,)
    strangers = "SELECT count(*) FROM referrals ANTI JOIN people USING (person_id)"
    assert earlier.execute(strangers).fetchone() == (0,)
