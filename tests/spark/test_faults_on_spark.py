"""Records with every kind of fault are judged on Spark as on one machine."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from pyspark.sql import SparkSession

from obc.domain.core.kernel.problem import Problems
from obc.engine.records.read import read_records
from obc.engine.spark.records import on_spark
from obc.engine.spark.tables import find_tables
from obc.loaders.record_mapping import load_mapping
from record_tables import drawn, loaded
from shipped import code_lists

KNOWN_ON = date(2016, 6, 30)
FAULTY = """
people        | person_id birth_date sex
              | ann       1980-05-01 2
              | bob       1975-01-01 1
              | bob       1975-01-01 1
              | cyd       1990-02-03 2
              | cyd       1990-02-04 2
              | dee       1820-01-01 2
              | eve       1970-01-01 9
              | fay       -          2
              | gus       1960-01-01 mail
deaths        | person_id happened
              | bob       2016-01-10
              | eve       1969-01-01
              | zoe       2016-01-01
referrals     | referral_id person_id provider happened   happened_at      discharged source
              | r1          ann       RNU      2016-01-05 2016-01-05T09:30 -          A1
              | r2          ann       RNU      2016-02-05 -                2016-02-01 A1
              | r3          bob       RNU      2016-05-01 -                -          ??
              | r4          nobody    RNU      2016-01-05 -                -          -
              | r5          ann       -        2016-03-05 -                -          -
              | r6          ann       RNU      2017-03-05 -                -          -
              | r7          ann       RNU      1970-03-05 -                -          -
              | r8          ann       rnu      2016-03-05 -                -          -
              | r9          ann       RNU      2016-01-06 -                -          -
              | r9          ann       RNU      2016-01-06 -                -          -
              | r9          ann       RNU      2016-01-07 -                -          -
              | s1          ann       RNU      2016-01-08 -                -          -
              | s2          ann       RNU      2016-01-09 -                -          -
contacts      | contact_id referral_id person_id provider happened
              | c1         r1          ann       RNU      2016-01-06
              | c2         r2          ann       RNU      2016-01-06
              | c3         r1          ann       RNU      -
scores        | score_id person_id provider happened   item            score
              | x1       ann       RNU      2016-01-06 979641000000103 2.5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The faulty records as Parquet."""
    tables = drawn(FAULTY)
    with loaded(tables) as connection:
        for name in tables:
            connection.execute(f"COPY {name} TO '{tmp_path / name}.parquet' (FORMAT parquet)")
    return tmp_path


def test_the_same_rows_are_set_aside_for_the_same_reasons(spark: SparkSession, folder: Path) -> None:
    connection = duckdb.connect()
    expected = read_records(folder, load_mapping("logical"), connection, code_lists(), KNOWN_ON)
    with on_spark(spark, folder, code_lists(), KNOWN_ON) as found:
        report = found.report
        kept = {row[0] for row in found.ours.rows("SELECT referral_id FROM referrals")}
    assert report.counts == expected.counts
    assert [_of(one) for one in report.faults] == [_of(one) for one in expected.faults]
    assert {*report.quality} == {*expected.quality}
    assert report.silences == expected.silences
    assert report.records_hash == expected.records_hash
    assert kept == {row[0] for row in connection.execute("SELECT referral_id FROM referrals").fetchall()}
    assert len({one.reason for one in report.faults}) == 10, "every reason but malformed lines"


def _of(fault: object) -> tuple[object, ...]:
    return tuple(getattr(fault, name) for name in ("table", "reason", "columns", "severity", "rows"))


def test_tables_are_found_in_folders_databases_frames_and_the_session(spark: SparkSession, folder: Path) -> None:
    whole = {"people", "deaths", "referrals", "contacts", "scores"}
    frames = dict(find_tables(spark, folder).frames)
    assert frames.keys() == whole
    assert find_tables(spark, frames).frames.keys() == whole
    for name, frame in frames.items():
        frame.createOrReplaceTempView(name)
    assert find_tables(spark, None).frames.keys() == whole
    assert find_tables(spark, "no_such_schema").unusable
    for name in whole:
        spark.catalog.dropTempView(name)


def test_columns_of_another_kind_and_missing_ones_are_named_together(spark: SparkSession, folder: Path) -> None:
    frames = dict(find_tables(spark, folder).frames)
    frames["people"] = frames["people"].withColumn("birth_date", frames["people"]["birth_date"].cast("string"))
    frames["referrals"] = frames["referrals"].drop("provider")
    with pytest.raises(Problems) as refused, on_spark(spark, frames, code_lists()):
        pass
    assert [(one.where, one.found, one.expected) for one in refused.value.problems] == [
        ("people.birth_date", "birth_date is string", "make it a date"),
        ("referrals.provider", "no column provider", "add it: text"),
    ]


def test_nhs_numbers_are_refused_unless_they_are_allowed(spark: SparkSession, folder: Path) -> None:
    frames = {"referrals": find_tables(spark, folder).frames["referrals"]}
    numbers = ["9434765919", "943 476 5870", "4010232137", "P1"]
    frames["people"] = spark.createDataFrame([(one, date(1980, 1, 1), "2") for one in numbers], PEOPLE)
    with pytest.raises(Problems, match="3 valid NHS numbers"), on_spark(spark, frames, code_lists()):
        pass
    with on_spark(spark, frames, code_lists(), nhs_numbers=True) as allowed:
        assert allowed.report.count("people").accepted == len(numbers)
    frames["people"] = spark.createDataFrame([(f"P{n}", date(1980, 1, 1), "2") for n in range(3)], PEOPLE)
    frames["carers"] = spark.createDataFrame([(one, "P1", "RNU", date(2023, 1, 10), None) for one in numbers], CARERS)
    with pytest.raises(Problems, match=r"carers\.carer_id"), on_spark(spark, frames, code_lists()):
        pass


PEOPLE = "person_id string, birth_date date, sex string"
CARERS = "carer_id string, person_id string, provider string, happened date, ended date"
