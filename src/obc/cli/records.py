"""Records made and checked: what the commands print."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from obc.bootstrap import contracts, measuring
from obc.cli import output
from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.segmentation.score_grid import ScoreGrid
from obc.loaders.whole import read_whole

if TYPE_CHECKING:
    from obc.domain.measurement.records.report import RecordsReport
    from obc.synthetic.writing import Form

SPARSE = Decimal("0.9")
"""Below this share of rows, the terminal names a field and provider."""
MOST_SHOWN = 20


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
    made = measuring.make_records(
        contracts.load_contract(name),
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
    report = measuring.check_records(contracts.load_contract(name), folder, mapping, known_on, set_aside)
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
    thin = [one for one in report.completeness if one.share is not None and one.share < SPARSE]
    if thin:
        print(f"\nFields filled in fewer than {SPARSE:.0%} of rows; all fields are in --format json")
        rows = [
            (one.table, one.field, one.provider, f"{one.filled:,} of {one.rows:,}", f"{one.share:.1%}") for one in thin
        ]
        output.table(("Table", "Field", "Provider", "Filled", "Share"), rows[:MOST_SHOWN], "lllrr")
        if len(rows) > MOST_SHOWN:
            print(f"… and {len(rows) - MOST_SHOWN:,} more")
    return report.problems


def pseudonymise(folder: Path, key: Path, out: Path, mapping: str | None, as_json: bool) -> None:
    """Write an extract with pseudonyms, and say what was written."""
    rows = measuring.pseudonymise(folder, key, out, mapping)
    if as_json:
        output.as_json({"rows": rows})
        return
    output.table(("Table", "Rows"), [(table, f"{count:,}") for table, count in rows.items()], "lr")
    print(f"\nWrote {sum(rows.values()):,} rows to {out}, a pseudonym for every id. Keep the key elsewhere.")


def clusters(name: str, folder: Path, grid: Path, mapping: str | None, as_json: bool) -> None:
    """Say how the recorded clusters agree with a score grid."""
    ranges = read_whole(grid, ScoreGrid)
    with measuring.records_of(contracts.load_contract(name), folder, mapping) as records:
        found = records.clusters_against(ranges)
    if as_json:
        output.as_json(found.model_dump(mode="json"))
        return
    print(f"{found.recorded:,} clusters recorded, {found.scored:,} with scores of the same day.")
    if not ranges.clusters:
        print(f"The grid '{found.grid}' is empty: add the ranges of your edition of the booklet.")
        return
    print(f"By the grid '{found.grid}', edition {found.edition}: {found.fits:,} fit the cluster recorded,")
    print(f"{found.fits_another:,} fit only another, {found.fits_none:,} fit none. Clinical judgement is final.")


def _shares(report: "RecordsReport") -> list[dict[str, object]]:
    return [{**one.model_dump(mode="json"), "share": one.share} for one in report.completeness]
