"""Reading returns: what the parties handed in, in a CSV file or a form, every problem reported at once."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import exact
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.returns import Returned, Returns
from obc.loaders.published_csv import rows_of

COLUMNS = ("year", "figure", "value", "evidence", "source")
STATES = (Evidence.PROVISIONAL, Evidence.FINAL, Evidence.DISPUTED)
"""How sure a figure may be said to be. One that is not there has no value."""


def read_returns(path: Path, mechanism: Mechanism) -> Returns:
    """The figures of a file with the columns `year,figure,value,evidence,source`, for inputs `from: returns`.

    An empty value is a figure that has not been handed in: missing, never zero. Raises `Problems`.
    """
    return returns_in(rows_of(path, COLUMNS), mechanism, path.name)


def returns_in(rows: Iterable[tuple[int, Mapping[str, str]]], mechanism: Mechanism, file: str) -> Returns:
    """The figures of rows with the columns of the file, each with its line; `file` names them. Raises `Problems`."""
    wanted = [item.input for item in mechanism.inputs if item.from_ == "returns"]
    problems: list[Problem] = []
    figures: list[Returned] = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        wrongs = [*_wrong(row, wanted)]
        key = row["figure"], row["year"]
        if key in seen:
            wrongs.append(("figure", f"'{key[0]}' of year {key[1]} again", f"it stands in line {seen[key]} already"))
        seen.setdefault(key, line)
        problems += [
            Problem(file=file, line=line, where=where, found=found, expected=cure) for where, found, cure in wrongs
        ]
        if not wrongs:
            figures.append(
                Returned(
                    year=int(row["year"]),
                    figure=row["figure"],
                    value=exact(row["value"]) if row["value"] else None,
                    evidence=Evidence(row["evidence"]) if row["value"] else Evidence.MISSING,
                    source=row["source"],
                )
            )
    if problems:
        raise Problems(tuple(problems))
    return Returns(figures=tuple(figures))


def _wrong(row: Mapping[str, str], wanted: list[str]) -> list[tuple[str, str, str]]:
    wrongs: list[tuple[str, str, str]] = []
    if not row["year"].isdecimal():
        wrongs.append(("year", f"'{row['year']}'", "write the contract year as a number, such as 2"))
    if row["figure"] not in wanted:
        near = get_close_matches(row["figure"], wanted, n=1)
        cure = f"did you mean '{near[0]}'?" if near else f"the contract asks for {', '.join(wanted) or 'no returns'}"
        wrongs.append(("figure", f"'{row['figure']}'", cure))
    if not row["source"]:
        wrongs.append(("source", "nothing", "say where the figure comes from"))
    if row["value"]:
        if row["evidence"] not in STATES:
            wrongs.append(("evidence", f"'{row['evidence']}'", f"write {', '.join(STATES[:-1])} or {STATES[-1]}"))
        try:
            exact(row["value"])
        except ValueError:
            cure = "write a number in pounds or the like, or nothing where there is none"
            wrongs.append(("value", f"'{row['value']}'", cure))
    return wrongs
