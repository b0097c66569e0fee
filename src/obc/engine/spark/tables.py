"""The logical tables on Spark: found in a folder, in a database or among frames, and brought to our types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import types as kinds

from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.records.tables import TABLES, Column, Kind, Table
from obc.engine.records.value_sql import EARLIEST

Where = Path | str | Mapping[str, DataFrame] | None
"""A folder of Parquet; the name of a database (schema) of the session; frames by table; None: the session's own
tables and views."""

TYPES: dict[Kind, str] = {
    "id": "STRING",
    "code": "STRING",
    "flag": "STRING",
    "date": "DATE",
    "moment": "TIMESTAMP_NTZ",
    "number": "DECIMAL(18, 4)",
}

_TEXTS = (kinds.StringType, kinds.VarcharType, kinds.CharType, kinds.IntegralType)
_MOMENTS = (kinds.TimestampType, kinds.TimestampNTZType)
_FITTING: dict[Kind, tuple[type[kinds.DataType], ...]] = {
    "id": _TEXTS,
    "code": _TEXTS,
    "flag": (*_TEXTS, kinds.BooleanType),
    "date": (kinds.DateType, *_MOMENTS),
    "moment": _MOMENTS,
    "number": (kinds.NumericType,),
}
_WANTED: dict[Kind, str] = {
    "id": "text",
    "code": "text",
    "flag": "'Y' or 'N', or a boolean",
    "date": "a date",
    "moment": "a timestamp",
    "number": "a number",
}


@dataclass(frozen=True)
class Found:
    """The tables that there are, as the user has them, and what is wrong with their columns."""

    frames: Mapping[str, DataFrame]
    problems: tuple[Problem, ...]

    @property
    def unusable(self) -> bool:
        """Whether a table or column that must be there is missing or of another kind."""
        return any(problem.severity == "error" for problem in self.problems)


def find_tables(spark: SparkSession, where: Where) -> Found:
    """Look for every logical table. Never raises for what is not there."""
    frames, problems = {}, []
    place = where.name if isinstance(where, Path) else where if isinstance(where, str) else "the session"
    for table in TABLES:
        frame = _frame(spark, where, table.name)
        if frame is None:
            severity = "error" if table.required else "warning"
            expected = f"add {table.name}; without it all that needs it is missing"
            problems.append(
                Problem(file=place, where=table.name, found="no such table", expected=expected, severity=severity)
            )
        else:
            frames[table.name] = frame
            problems += _wrong_columns(table, frame, place)
    return Found(frames, tuple(problems))


def stop_if_unusable(found: Found) -> None:
    """Raises `Problems` where the tables cannot be measured at all."""
    if found.unusable:
        raise Problems(tuple(problem for problem in found.problems if problem.severity == "error"))


def typed(table: Table, frame: DataFrame) -> Sequence[str]:
    """Our columns from theirs, as SQL over the frame: `name`, and as `raw name` what stands there, where it may not
    be usable: a number that does not fit, a day before anybody's birth."""
    fields = {field.name.casefold(): field for field in frame.schema.fields}
    values = []
    for column in table.columns:
        field = fields.get(column.name)
        values.append(f"{_value(column, field)} AS `{column.name}`")
        if column.kind in ("date", "moment", "number"):
            values.append(f"{_text(field)} AS `raw {column.name}`")
    return values


def _frame(spark: SparkSession, where: Where, name: str) -> DataFrame | None:
    match where:
        case None:
            return spark.table(name) if spark.catalog.tableExists(name) else None
        case str():
            return spark.table(f"{where}.{name}") if spark.catalog.tableExists(f"{where}.{name}") else None
        case Path():
            paths = [path for path in (where / f"{name}.parquet", where / name) if path.exists()]
            return spark.read.parquet(paths[0].resolve().as_uri()) if paths else None
    return where.get(name)


def _wrong_columns(table: Table, frame: DataFrame, place: str) -> list[Problem]:
    problems = []
    fields = {field.name.casefold(): field.dataType for field in frame.schema.fields}
    for column in table.columns:
        there = fields.get(column.name)
        fits = there is None or isinstance(there, _FITTING[column.kind])
        if there is None and column.required:
            found, expected = f"no column {column.name}", f"add it: {_WANTED[column.kind]}"
        elif not fits:
            found, expected = f"{column.name} is {there.simpleString()}", f"make it {_WANTED[column.kind]}"
        else:
            continue
        problems.append(Problem(file=place, where=f"{table.name}.{column.name}", found=found, expected=expected))
    return problems


def _value(column: Column, field: kinds.StructField | None) -> str:
    if field is None:
        return f"CAST(NULL AS {TYPES[column.kind]})"
    name, there = f"`{field.name}`", field.dataType
    if column.kind == "flag" and isinstance(there, kinds.BooleanType):
        return f"CASE WHEN {name} THEN 'Y' WHEN NOT {name} THEN 'N' END"
    if column.kind == "number":
        return f"try_cast({name} AS {TYPES['number']})"
    if column.kind in ("date", "moment"):
        read = f"CAST({name} AS {TYPES[column.kind]})"
        return f"CASE WHEN {read} >= DATE '{EARLIEST}' THEN {read} END"
    return f"nullif(trim(CAST({name} AS STRING)), '')"


def _text(field: kinds.StructField | None) -> str:
    return f"CAST(`{field.name}` AS STRING)" if field else "CAST(NULL AS STRING)"
