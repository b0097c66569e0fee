"""The values file: indicator values on their way from the people's side to the money's.

Parquet (numbers as DOUBLE, hashes in its key-value metadata), JSON or CSV, by the ending of the name. A file is
written whole or not at all.
"""

import csv
import json
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from pydantic import ValidationError

from obc.domain.core.kernel.problem import Problem, Problems, refusal
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet

_HASHES = ("contract_hash", "records_hash", "definitions_hash")
_OWN = "values_hash"
"""The hash of the values themselves: a file that was changed by hand no longer fits its own."""
_NUMBERS = tuple(name for name, field in IndicatorValue.model_fields.items() if field.annotation == Decimal | None)
_SQL_TYPES = {**dict.fromkeys(_NUMBERS, "DOUBLE"), "unknown": "BIGINT", "period_start": "DATE", "period_end": "DATE"}
COLUMNS = tuple(IndicatorValue.model_fields)
"""The columns of the file, in order."""


def write_values(values: ValueSet, path: Path) -> None:
    """Write the values, in the order of their keys, as the ending of `path` says: .parquet, .json or .csv."""
    ordered = sorted(values.values, key=lambda value: value.key)
    unfinished = path.with_name(f".{path.name}.unfinished")
    match path.suffix:
        case ".parquet":
            _write_parquet(ordered, values, unfinished)
        case ".json":
            unfinished.write_bytes(_json(ordered, values))
        case ".csv":
            _write_csv(ordered, unfinished)
        case other:
            raise refusal(path.name, "the file", f"the ending '{other}'", "name the file .parquet, .json or .csv")
    unfinished.replace(path)


def read_values(path: Path) -> ValueSet:
    """Read a values file. Raises `Problems` that name every row that is not a value, and doubled keys."""
    if not path.is_file():
        raise refusal(path.name, "the file", "no such file", "give the file that 'obc measure … --out' wrote")
    try:
        match path.suffix:
            case ".parquet":
                rows, hashes = _read_parquet(path)
            case ".json":
                content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
                rows, hashes = content["values"], {name: content.get(name) for name in (*_HASHES, _OWN)}
            case ".csv":
                with path.open(newline="", encoding="utf-8-sig") as file:
                    rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
                hashes = {}
            case other:
                raise refusal(path.name, "the file", f"the ending '{other}'", "give a .parquet, .json or .csv file")
    except (duckdb.Error, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, csv.Error) as error:
        raise refusal(
            path.name,
            "the file",
            f"content that cannot be read ({type(error).__name__})",
            "write it again with 'obc measure'",
        ) from error
    problems: list[Problem] = []
    values: dict[tuple[object, ...], IndicatorValue] = {}
    for number, row in enumerate(rows, start=2):
        try:
            value = IndicatorValue.model_validate(row)
        except ValidationError as error:
            problems += _of_row(path, number, error)
            continue
        if value.key in values:
            problems.append(
                Problem(
                    file=path.name,
                    line=number,
                    where=value.indicator,
                    found="a second value for the same segment, provider and period",
                    expected="keep one",
                )
            )
        values[value.key] = value
    if problems:
        raise Problems(tuple(problems))
    noted = hashes.pop(_OWN, None)
    made = ValueSet(values=tuple(values.values()), **hashes)
    if noted not in (None, made.hash):
        found = "other values than those it was written with: somebody changed it"
        raise refusal(path.name, _OWN, found, "give the file as 'obc measure' wrote it")
    return made


def _write_csv(ordered: Sequence[IndicatorValue], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_text(getattr(value, name)) for name in COLUMNS] for value in ordered)


def _write_parquet(ordered: Sequence[IndicatorValue], values: ValueSet, path: Path) -> None:
    for value in ordered:
        _check_digits(value)
    known = {name: getattr(values, name) for name in _HASHES if getattr(values, name)} | {_OWN: values.hash}
    metadata = ", ".join(f"{name}: '{value}'" for name, value in known.items())
    types = ", ".join(f"'{name}': '{_SQL_TYPES.get(name, 'VARCHAR')}'" for name in COLUMNS)
    # By way of CSV: the engine reads a file of rows many times faster than it takes them one by one.
    with tempfile.TemporaryDirectory(prefix="obc-values-") as own, duckdb.connect(config={"threads": 1}) as connection:
        rows = Path(own) / "values.csv"
        _write_csv(ordered, rows)
        source = f"read_csv('{_quoted(rows)}', header = true, columns = {{{types}}})"
        options = f"FORMAT parquet, KV_METADATA {{{metadata}}}"
        connection.execute(f"COPY (SELECT * FROM {source}) TO '{_quoted(path)}' ({options})")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _check_digits(value: IndicatorValue) -> None:
    for name in _NUMBERS:
        number = getattr(value, name)
        if number is not None and Decimal(repr(float(number))) != number:
            raise ValueError(f"{name} {number} has more digits than a values file can hold")


def _read_parquet(path: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    with duckdb.connect() as connection:
        cursor = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in cursor.description]
        rows = [
            {n: Decimal(repr(v)) if isinstance(v, float) else v for n, v in zip(names, row, strict=True)}
            for row in cursor.fetchall()
        ]
        metadata = connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    found = {bytes(key).decode(): bytes(value).decode() for key, value in metadata}
    return rows, {name: found[name] for name in (*_HASHES, _OWN) if name in found}


def _json(ordered: Sequence[IndicatorValue], values: ValueSet) -> bytes:
    content = {
        "schema_version": 1,
        _OWN: values.hash,
        **{name: getattr(values, name) for name in _HASHES},
        "values": [json_row(value) for value in ordered],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def json_row(value: IndicatorValue) -> dict[str, Any]:
    """One value as JSON has it: counts and values as numbers, days as ISO text, what is not known as null."""
    return {name: _number(getattr(value, name)) for name in COLUMNS}


def _number(content: Any) -> Any:
    if isinstance(content, Decimal):
        return int(content) if content == content.to_integral_value() else float(content)
    return content.isoformat() if hasattr(content, "isoformat") else content


def _text(content: Any) -> str:
    if isinstance(content, Decimal):
        return format(content, "f")
    return "" if content is None else str(content)


def _of_row(path: Path, number: int, error: ValidationError) -> Iterator[Problem]:
    for item in error.errors():
        where = ".".join(map(str, item["loc"])) or "the row"
        yield Problem(
            file=path.name, line=number, where=where, found=repr(item["input"])[:60], expected=item["msg"].lower()
        )
