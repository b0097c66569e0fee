"""Records made and checked: what the commands print."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from obc import bootstrap
from obc.cli import output
from obc.domain.core.kernel.problem import Problem

if TYPE_CHECKING:
    from obc.domain.measurement.records.report import RecordsReport
    from obc.synthetic.writing import Form


def make(
    name: str,
    out: Path,
    people: int,
    seed: int,
    names: str,
    form: "Form",
    truth: Path | None,
    improvement: float | None,
    until: date | None,
    faults: Path | None,
    as_json: bool,
) -> None:
    """Make records, and say what was made."""
    made = bootstrap.make_records(
        bootstrap.load_contract(name),
        out,
        people,
        seed,
        names=names,
        form=form,
        truth=truth,
        improvement=improvement,
        until=until,
        faults=faults,
        progress=output.Progress(f"Making {people:,} people"),
    )
    if as_json:
        output.as_json(made.model_dump(mode="json"))
        return
    output.table(("File", "Rows"), [(file.file, f"{file.rows:,}") for file in made.files], "lr")
    for sown in made.sown:
        print(f"sown: {sown.fault} in {sown.table}, {sown.rows:,} rows")
    print(
        f"\nWrote {made.rows:,} rows to {out} from the truth '{made.truth}', seed {seed}. None of these people exist."
    )


def check(
    name: str, folder: Path, mapping: str | None, known_on: date | None, set_aside: Path | None, as_json: bool
) -> tuple[Problem, ...]:
    """Check records, say everything that is wrong, and return it."""
    report = bootstrap.check_records(bootstrap.load_contract(name), folder, mapping, known_on, set_aside)
    if as_json:
        content = report.model_dump(mode="json", exclude={"schema_version"})
        output.as_json({**content, "completeness": _shares(report)})
        return report.problems
    output.say_problems(report.problems)
    print(f"\nRead as {report.mapping}; {report.records_hash}")
    rows = []
    for count in report.counts:
        passed_over = count.left_out + count.superseded
        numbers = [f"{n:,}" for n in (count.read, count.accepted, count.set_aside, passed_over)]
        rows.append((count.table, *(["absent", "", "", ""] if count.absent else numbers)))
    output.table(("Table", "Read", "Accepted", "Set aside", "Not asked for"), rows, "lrrrr")
    return report.problems


def _shares(report: "RecordsReport") -> list[dict[str, object]]:
    return [{**one.model_dump(mode="json"), "share": one.share} for one in report.completeness]
