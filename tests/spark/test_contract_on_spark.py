"""A whole contract on Spark: the same values, to the last digit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy
from time import monotonic, sleep

import pytest
from pyspark.sql import SparkSession

import obc as public
from command import obc
from obc.bootstrap import contracts, measuring
from obc.domain.core.kernel.problem import Problems
from obc.domain.measurement.indicators.needs import tables_of
from obc.engine.spark.ours import OurSpark

CONTRACT = "oxfordshire-mental-health"
PEOPLE = 150


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Made-up records with our names."""
    folder = tmp_path_factory.mktemp("records") / "made"
    measuring.make_records(contracts.load_contract(CONTRACT), folder, PEOPLE, 7, names="logical")
    yield folder


def test_the_command_gives_the_same_values(spark: SparkSession, made: Path) -> None:
    """Every indicator, quarter, year, segment and provider; who is where; what was read."""
    words = ("measure", CONTRACT, "--records", made, "--format", "json", "--known-on", "2016-09-30")
    here, there = obc(*words), obc(*words, "--engine", "spark")
    assert there.status == 0, there.err
    assert there.json["values_hash"] == here.json["values_hash"]
    assert there.json["records_hash"] == here.json["records_hash"]
    assert there.json["people"] == here.json["people"]
    assert len({value["indicator"] for value in there.json["values"]}) == 25


def test_frames_of_a_session_are_measured_and_the_session_stays_as_it_was(
    spark: SparkSession, made: Path, tmp_path: Path
) -> None:
    whole = contracts.load_contract(CONTRACT)
    few = whole.model_copy(update={"definitions": whole.definitions[:2]})
    needed = {"people", "referrals", "clusters"}.union(*(tables_of(one) for one in few.definitions))
    frames = {name: spark.read.parquet(str(made / f"{name}.parquet")) for name in needed}
    theirs = spark.createDataFrame([("theirs",)], ["name"]).cache()
    theirs.createOrReplaceTempView("people")
    told: list[int] = []
    year = {"known_on": date(2014, 3, 31)}
    measured = public.measure(few, frames, spark=spark, progress=lambda done, _: told.append(done), **year)
    alone = tmp_path / "alone"
    alone.mkdir()
    for name in needed:
        copy(made / f"{name}.parquet", alone)
    assert measured.values == public.measure(few, alone, **year).values
    assert told == sorted(told) and told[-1] == 100
    assert [row.name for row in spark.table("people").collect()] == ["theirs"]
    assert spark.catalog.isCached("people")
    assert spark.conf.get("spark.sql.session.timeZone") == "Europe/London"
    shown = spark.sql("SHOW TABLES IN global_temp").collect()
    assert [row.tableName for row in shown if row.namespace == "global_temp"] == []
    spark.catalog.dropTempView("people")


def test_an_interrupt_cancels_what_runs(ours: OurSpark) -> None:
    endless = "SELECT count(*) FROM range(1000000000000) WHERE id % 3 = 1"

    def interrupt(_: int) -> None:
        while not ours.session.sparkContext.statusTracker().getJobIdsForGroup(ours.group):
            pass
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(ours.all_rows([("counting", endless)], interrupt))
    tracker = ours.session.sparkContext.statusTracker()

    def states() -> list[str]:
        jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(ours.group)]
        return [job.status for job in jobs if job]

    soon = monotonic() + 30
    while states() == ["RUNNING"] and monotonic() < soon:
        sleep(0.1)  # Spark cancels in its own time
    assert states() == ["FAILED"]


def test_other_mappings_are_refused_with_what_to_do(made: Path) -> None:
    refused = obc("measure", CONTRACT, "--records", made, "--engine", "spark", "--mapping", "v5")
    assert refused.status == 1 and "logical tables" in refused.out


def test_sums_are_not_kept_on_spark(made: Path, tmp_path: Path) -> None:
    refused = obc("measure", CONTRACT, "--records", made, "--engine", "spark", "--keep", tmp_path)
    assert refused.status == 2 and "--keep is for --engine duckdb" in refused.err


def test_without_a_session_a_folder_is_needed() -> None:
    with pytest.raises(Problems):
        public.measure("template")
