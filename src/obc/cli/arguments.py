"""Arguments and options that several commands take."""

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """For people or for machines."""

    TEXT = "text"
    JSON = "json"


class Files(StrEnum):
    """How made-up records are written."""

    PARQUET = "parquet"
    CSV = "csv"


class Engine(StrEnum):
    """What works out the figures."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class Profile(StrEnum):
    """How small numbers are hidden."""

    NHS = "nhs"
    BELOW_5 = "below-5"
    NONE = "none"


Contract = Annotated[
    str, typer.Argument(metavar="CONTRACT", help="a contract folder, or the name of a worked contract")
]
Records = Annotated[Path, typer.Option("--records", metavar="DIR", help="the folder of records")]
Values = Annotated[Path, typer.Option("--values", metavar="FILE", help="indicator values, or a published file")]
Mapping = Annotated[
    str | None,
    typer.Option("--mapping", metavar="FILE|v5|v6", help="what the extract calls things (default: found out)"),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="where to write; nothing is written without it")]
Year = Annotated[int | None, typer.Option("--year", metavar="N", help="one contract year (default: all in the values)")]
As = Annotated[Format, typer.Option("--format", help="text for people, json for machines")]
KnownOn = Annotated[
    datetime | None,
    typer.Option(
        "--known-on", metavar="DAY", formats=["%Y-%m-%d"], help="the day the records were drawn, as 2016-06-30"
    ),
]

AsKnown = Annotated[
    datetime | None,
    typer.Option(
        "--as-known-on", metavar="DAY", formats=["%Y-%m-%d"], help="by the contract as it had been agreed that day"
    ),
]
Special = Annotated[
    Path | None, typer.Option("--circumstances", metavar="FILE", help="disputes, whose money is frozen, and reliefs")
]
HandedIn = Annotated[
    Path | None,
    typer.Option("--returns", metavar="FILE", help="CSV of what parties hand in: year,figure,value,evidence,source"),
]

Programme = Annotated[
    str, typer.Argument(metavar="PROGRAMME", help="a programme's folder, or the name of a worked programme")
]
Trail = Annotated[
    Path | None, typer.Option("--trail", metavar="DIR", help="where actions are kept (default: in the folder)")
]
By = Annotated[str, typer.Option("--by", metavar="PERSON", help="who acts: an id of people.yaml")]
Why = Annotated[str, typer.Option("--why", metavar="SENTENCE", help="why; it stays in the trail")]
At = Annotated[
    datetime | None,
    typer.Option("--at", metavar="TIME", formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"], help="when, in UTC (default: now)"),
]
Published = Annotated[
    Profile, typer.Option("--profile", help="nhs: 1 to 7 hidden, rounded to 5; below-5; none: for the parties only")
]


def day_of(given: datetime | None) -> date | None:
    """The day of an option; none where it is not given."""
    return given.date() if given else None


def day_or_today(given: datetime | None) -> date:
    """The day of an option; today where it is not given."""
    return given.date() if given else datetime.now(UTC).date()


def moment_of(given: datetime | None) -> datetime:
    """The moment of an option, in UTC; now where it is not given."""
    return given.replace(tzinfo=UTC) if given else datetime.now(UTC).replace(microsecond=0)
