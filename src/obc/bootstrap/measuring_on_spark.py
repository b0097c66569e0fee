"""Measuring on Spark: in a session that somebody has, or on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from obc.bootstrap.contracts import load_contract
from obc.bootstrap.measuring import code_lists_of, records_of
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import refusal
from obc.services.measure import Measured, measure_contract

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from obc.engine.spark.records import SparkRecords


def measure(
    contract: Contract | str | Path,
    records: Path | str | Mapping[str, DataFrame] | None = None,
    *,
    spark: SparkSession | None = None,
    known_on: date | None = None,
    nhs_numbers: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Measured:
    """Measure a contract: every indicator by segment, provider, quarter and year.

    `contract`: one that is loaded, its folder, or the name of a worked contract. Without `spark`, `records` is a
    folder of records in any form that `obc records check` accepts. With it, `records` is a folder of Parquet files
    with the logical tables, the name of a database of the session, or frames by table; without `records` the
    session's own tables and views are asked. `known_on`: the day on which the records were drawn. `nhs_numbers`:
    people may be identified by them. `progress` is called with how much is done, and of how much; what it raises
    stops the work. Raises `Problems` where the records cannot be measured.
    """
    agreed = contract if isinstance(contract, Contract) else load_contract(str(contract))
    if spark is not None:
        with records_on_spark(agreed, records, known_on, spark, nhs_numbers) as found:
            return measure_contract(agreed, found, known_on, progress)
    if not isinstance(records, str | Path):
        raise refusal("the call", "records", type(records).__name__, "give the folder of records")
    with records_of(agreed, Path(records), None, known_on, nhs_numbers=nhs_numbers) as read:
        return measure_contract(agreed, read, known_on, progress)


@contextmanager
def records_on_spark(
    contract: Contract,
    records: Path | str | Mapping[str, DataFrame] | None,
    known_on: date | None,
    spark: SparkSession,
    nhs_numbers: bool = False,
) -> Iterator[SparkRecords]:
    """The logical tables that a session has, read and checked, for as long as the block lasts."""
    from obc.engine.spark.records import on_spark

    with on_spark(spark, records, code_lists_of(contract), known_on, nhs_numbers) as found:
        yield found


@contextmanager
def records_in(
    contract: Contract, folder: Path, mapping: str | None, known_on: date | None, nhs_numbers: bool = False
) -> Iterator[SparkRecords]:
    """A folder of Parquet files with the logical tables, on a Spark of this machine."""
    if mapping not in (None, "logical"):
        raise refusal("the call", "--mapping", f"'{mapping}'", "give Spark the logical tables, or measure with duckdb")
    try:
        from pyspark.errors import PySparkRuntimeError

        from obc.engine.spark.ours import local_spark
    except ModuleNotFoundError as error:
        expected = "install it: pip install 'outcomes-based-commissioning[spark]'"
        raise refusal("the call", "--engine", "spark, which is not installed", expected) from error
    with ExitStack() as closing:
        try:
            session = closing.enter_context(local_spark())
        except PySparkRuntimeError as error:
            expected = "install Java 17, or set JAVA_HOME to where it is"
            raise refusal("the call", "--engine", "spark, which does not start", expected) from error
        yield closing.enter_context(records_on_spark(contract, folder, known_on, session, nhs_numbers))
