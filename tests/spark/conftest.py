"""One Spark for all tests of this folder, on two cores."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from obc.engine.spark.ours import OurSpark


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A Spark with little to do: what compiles queries, or plans them anew on the way, costs more than it saves."""
    with warnings.catch_warnings():
        # the gateway's sockets are closed when the interpreter ends
        warnings.simplefilter("ignore", ResourceWarning)
        session = (
            SparkSession.builder.master("local[2]")
            .appName("obc tests")
            .config("spark.driver.memory", "2g")
            # what is asked once is not worth a second compiler, nor a heap that grows step by step
            .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms2g -Xmn1g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.maxPlanStringLength", "100")
            # as of tables too large to send to every worker, and without a job more for each join
            .config("spark.sql.autoBroadcastJoinThreshold", "-1")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.session.timeZone", "Europe/London")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.fixture
def ours(spark: SparkSession) -> Iterator[OurSpark]:
    """A session of our own in it."""
    made = OurSpark(spark)
    yield made
    made.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A thread that ends leaves its socket to the gateway for Python to close, which warns of it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))
