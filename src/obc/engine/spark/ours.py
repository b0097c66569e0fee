"""A Spark session of our own beside the user's: its tables and settings are not seen there, nor theirs changed."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import TimestampType

_SETTINGS = {
    # a number that does not fit is an error, not another number
    "spark.sql.ansi.enabled": "true",
    # days and moments are as on the clock of the place; nothing is moved
    "spark.sql.session.timeZone": "UTC",
}


class OurSpark:
    """Where the queries run. All jobs belong to one group, by which they can be cancelled."""

    def __init__(self, theirs: SparkSession, at_once: int = 2):
        """`at_once`: how many queries are planned and run side by side."""
        self.theirs, self.at_once = theirs, at_once
        self.session = theirs.newSession()
        self.group = f"obc-{uuid.uuid4().hex[:12]}"
        self._shared: list[str] = []
        self._views: set[str] = set()
        self._kept: list[DataFrame] = []
        for name, value in {**_own_settings(theirs), **_SETTINGS}.items():
            if self.session.conf.isModifiable(name):
                self.session.conf.set(name, value)

    def rows(self, query: str, said: str = "obc") -> list[tuple[Any, ...]]:
        """The rows of a query."""
        self.session.sparkContext.setJobGroup(self.group, said, interruptOnCancel=True)
        return [tuple(row) for row in self.session.sql(query).collect()]

    def all_rows(
        self, queries: Sequence[tuple[str, str]], told: Callable[[int], None] | None = None
    ) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of each query (what it is about, its text), in order. `told` is called before each with its place.

        Whatever `told` raises, and an interrupt, cancels what still runs.
        """
        with ThreadPoolExecutor(self.at_once) as threads:
            running = [threads.submit(self.rows, query, said) for said, query in queries]
            try:
                for place, one in enumerate(running):
                    if told:
                        told(place)
                    yield one.result()
            except BaseException:
                for one in running:
                    one.cancel()
                self.cancel()
                raise

    def cancel(self) -> None:
        """Stop all that runs here; from any thread."""
        self.session.sparkContext.cancelJobGroup(self.group)

    def view(self, name: str, query: str, *, kept: bool = False) -> None:
        """The query as a table of that name; `kept`: worked out when first needed, in memory or on a worker's disk."""
        frame = self.session.sql(query)
        if kept:
            self._kept.append(frame.persist())
        self._named(name, frame)

    def worked_out(self, name: str, query: str) -> None:
        """The rows of a query, worked out now, as a table of that name that nobody asks how it came about.

        To Spark a view is its whole query: one of many joins, asked for in every query after it, is analysed anew for
        minutes. Where the session has a place for checkpoints the rows are kept there, and outlast a worker.
        """
        context = self.session.sparkContext
        context.setJobGroup(self.group, name, interruptOnCancel=True)
        frame = self.session.sql(query)
        self._named(name, frame.checkpoint() if context.getCheckpointDir() else frame.localCheckpoint())

    def _named(self, name: str, frame: DataFrame) -> None:
        frame.createOrReplaceTempView(name)
        self._views.add(name)

    def shared(self, frame: DataFrame) -> str:
        """The name under which a frame of the user's session is known here. Moments are as on the clock there."""
        zoned = [field.name for field in frame.schema.fields if isinstance(field.dataType, TimestampType)]
        frame = frame.withColumns({column: frame[column].cast("timestamp_ntz") for column in zoned})
        name = f"{self.group.replace('-', '_')}_{len(self._shared)}"
        frame.createOrReplaceGlobalTempView(name)
        self._shared.append(name)
        return f"global_temp.{name}"

    def close(self) -> None:
        """Forget what was made here, and nothing else: what the user keeps in memory is kept beside it."""
        for frame in self._kept:
            frame.unpersist()
        for name in self._views:
            self.session.catalog.dropTempView(name)
        for name in self._shared:
            self.theirs.catalog.dropGlobalTempView(name)
        for made in (self._kept, self._views, self._shared):
            made.clear()


def _own_settings(theirs: SparkSession) -> dict[str, str]:
    """What the user has set for queries: a new session begins with what the cluster has set."""
    return {name: value for name, value in theirs.conf.getAll.items() if name.startswith("spark.sql.")}


@contextmanager
def local_spark(memory: str = "3g") -> Iterator[SparkSession]:
    """A Spark on this machine, all its cores; the one that is running already, where there is one."""
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    made = (
        SparkSession.builder.master("local[*]")
        .appName("obc")
        .config("spark.driver.memory", memory)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    try:
        yield made
    finally:
        made.stop()
