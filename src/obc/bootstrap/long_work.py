"""Long work on a contract or a programme: what can be asked for, what was asked, and what came of it."""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from obc.bootstrap import books, programmes, submissions
from obc.bootstrap.compute import STEPS
from obc.bootstrap.compute_zone import record_folders
from obc.bootstrap.papers_asked import FORECAST, REPORTS, Paper
from obc.bootstrap.settling import code_version
from obc.domain.contract.workflow.rights import Right
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import refusal
from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.returns import Returns
from obc.engine.values_file import write_values
from obc.store import papers, runs
from obc.store.models import Run

Held = books.Held | programmes.HeldProgramme

MEASURE = "measure"
VALUE_FILES = ("values.csv", "values.parquet")
MOST_RUNS = 2**63
"""A number beyond it is no run's: no database counts so far."""
GONE = ("sent back", "restated")
"""States of submissions whose figures no longer count."""


@dataclass(frozen=True)
class Offer:
    """Something that can be asked for. `choices`: of what, as (name, words); `wants`: why it cannot be had now."""

    kind: str
    what: str
    title: str
    serves: str
    right: Right
    choices: tuple[tuple[str, str], ...] = ()
    wants: str = ""


@dataclass(frozen=True)
class Stage:
    """A step of a run, and whether it is done, done now, or still to come."""

    words: str
    state: str


def offers(held: Held) -> tuple[Offer, ...]:
    """What can be asked for here, also what cannot yet, with the reason."""
    if isinstance(held, programmes.HeldProgramme):
        found = [(name, one) for name, one in REPORTS.items() if one.of == "programme"]
        return tuple(Offer("report", name, one.title, one.serves, Right.ACT_IN_PROGRAMME) for name, one in found)
    given = [one for one in submissions.submissions(held.id) if one.state not in GONE]
    made = []
    if held.contract.definitions and held.contract.segmentation:
        named = held.id in record_folders()
        wants = "" if named else "Whoever runs this server has named no folder of records for this contract."
        serves = "the provider's analyst: what are this period's figures?"
        made.append(Offer(MEASURE, "", "Measure the indicators from records", serves, Right.SUBMIT, wants=wants))
    years = tuple((str(year), f"year {year}") for year in held.contract.years)
    made.append(_offer("forecast", "", FORECAST, years, bool(given)))
    for name, one in REPORTS.items():
        if one.of == "contract" and (one.needs != "a case for change" or _has(held, "case.yaml")):
            settled = tuple((s.id, s.period) for s in given if s.statement) if one.needs == "a settlement" else ()
            made.append(_offer("report", name, one, settled, bool(settled if one.needs == "a settlement" else given)))
    return tuple(made)


def ask(held: Held, kind: str, what: str, choice: str, by: Person, at: datetime) -> Run:
    """Have something worked out. Asked twice for the same, it is one run. Raises `Problems`."""
    offer = next((one for one in offers(held) if (one.kind, one.what) == (kind, what)), None)
    if offer is None:
        raise refusal("the page", kind or "nothing", "nothing of that kind", "choose one from the list")
    if offer.wants:
        raise refusal("the page", offer.title, offer.wants, "ask again then")
    if choice not in {name for name, _ in offer.choices} and offer.choices:
        raise refusal("the page", offer.title, f"'{choice[:40]}'", "choose one from the list")
    asked: dict[str, Any] = {"what": what, "folder": held.folder, "title": _title(offer, choice)}
    if isinstance(held, programmes.HeldProgramme):
        asked |= {"on": at.date().isoformat(), "trail": runs_at(held.id)}
    elif kind == MEASURE:
        asked["records"] = _seen(record_folders()[held.id])
    elif kind == "forecast":
        asked |= {"year": int(choice), "values": papers.keep(canonical_json(so_far(held.id)))}
        asked["returns"] = papers.keep(canonical_json(_returned(held.id)))
    elif REPORTS[what].needs == "figures":
        asked["values"] = papers.keep(canonical_json(so_far(held.id)))
    elif REPORTS[what].needs == "a settlement":
        one = submissions.submission(held.id, choice)
        assert one is not None, "it is among the choices"
        asked |= {"values": one.values, "statement": one.statement, "folder": one.folder}
    elif what == "contract":
        asked["on"] = at.date().isoformat()
    inputs = digest({"book": held.id, "kind": kind, "asked": asked, "code": code_version()})
    return runs.ask(held.id, kind, inputs, asked, by.id, at)


def runs_of(book: str) -> tuple[Run, ...]:
    """The runs of a contract or a programme, the newest first."""
    return runs.of(book)


def run_of(book: str, number: int) -> Run | None:
    """One of them."""
    return runs.one(book, number) if number < MOST_RUNS else None


def runs_at(book: str) -> str:
    """The head of a book: a paper made from what was done is another one after the next act."""
    from obc.store.book import end_of

    return end_of(book)[1]


def title_of(run: Run) -> str:
    """What a run works out, in words."""
    if run.kind == "settle":
        return f"Settle {run.asked['submission'].replace('-', ' ')}"
    return str(run.asked.get("title", run.kind))


def right_for(run: Run) -> Right:
    """What it takes to cancel a run, or to have it tried again."""
    if run.kind == "settle":
        return Right.APPROVE_SETTLEMENT
    if run.kind == MEASURE:
        return Right.SUBMIT
    programme = run.kind == "report" and REPORTS[run.asked["what"]].of == "programme"
    return Right.ACT_IN_PROGRAMME if programme else Right.READ_WORKING


def can_cancel(run: Run) -> bool:
    """Whether somebody may stop it. A settlement that both sides approved is worked out to its end."""
    return run.kind != "settle" and run.state in (*runs.WAITING, Run.State.RUNNING)


def can_try_again(run: Run) -> bool:
    """Whether it ended without a result."""
    return run.state in (Run.State.FAILED, Run.State.CANCELLED)


def cancel(run: Run, at: datetime) -> bool:
    """Stop a run; its worker learns it within seconds."""
    return can_cancel(run) and runs.cancel(run.pk, at)


def again(run: Run, by: Person, at: datetime) -> bool:
    """Have a run that ended without a result tried anew."""
    return runs.again(run.pk, by.id, at)


def stages(run: Run) -> tuple[Stage, ...]:
    """The steps of a run: those behind it, the one it is at, those that come next."""
    steps = STEPS.get(run.kind, ("Work out what is due", "Write the statement"))
    if run.state == Run.State.DONE:
        return tuple(Stage(one, "done") for one in steps)
    at = steps.index(run.doing) if run.doing in steps else -1
    running = run.state == Run.State.RUNNING
    states = ("done" if n < at else "now" if running and n == max(at, 0) else "to come" for n in range(len(steps)))
    return tuple(Stage(words, state) for words, state in zip(steps, states, strict=True))


def files_of(run: Run) -> tuple[str, ...]:
    """The files that a run left, by name; in the order in which they are numbered."""
    if run.state != Run.State.DONE or run.kind == "settle":
        return ()
    if run.kind == MEASURE:
        return VALUE_FILES
    with zipfile.ZipFile(io.BytesIO(papers.paper(run.result))) as packed:
        return tuple(sorted(packed.namelist(), key=lambda name: ("/" in name, name)))  # papers before their pictures


def file_of(run: Run, number: int) -> tuple[str, bytes] | None:
    """The name and the bytes of a file that a run left, by its number from 1; None where there is none."""
    names = files_of(run)
    if not 1 <= number <= len(names):
        return None
    name = names[number - 1]
    if run.kind == MEASURE:
        with tempfile.TemporaryDirectory(prefix="obc-values-") as place:
            write_values(submissions.values_in_paper(run.result), Path(place) / name)
            return name, (Path(place) / name).read_bytes()
    with zipfile.ZipFile(io.BytesIO(papers.paper(run.result))) as packed:
        return name.rsplit("/", 1)[-1], packed.read(name)


def all_files_of(run: Run) -> bytes | None:
    """All files of a run in one ZIP; None where there are none, or they are no ZIP."""
    return papers.paper(run.result) if files_of(run) and run.kind != MEASURE else None


def measured(run: Run) -> ValueSet:
    """The values that a run measured."""
    return submissions.values_in_paper(run.result)


def so_far(book: str) -> ValueSet:
    """All figures that stand in a contract: of two for the same, the later one. What was sent back does not count."""
    given = [one for one in submissions.submissions(book)[::-1] if one.state not in GONE]
    sets = [submissions.values_of(one) for one in given]
    known = {value.key: value for one in sets for value in one.values}
    last = sets[-1].definitions_hash if sets else None
    return ValueSet(values=tuple(known[key] for key in sorted(known)), definitions_hash=last)


def _returned(book: str) -> Returns:
    """All returns that stand beside these figures: of a year those that were handed in last."""
    by_year = {
        one.year: submissions.returns_of(one)
        for one in submissions.submissions(book)[::-1]
        if one.state not in GONE and one.returns
    }
    return Returns(figures=tuple(figure for year in sorted(by_year) for figure in by_year[year].figures))


def _offer(kind: str, what: str, paper: Paper, choices: tuple[tuple[str, str], ...], there: bool) -> Offer:
    lacking = {"figures": "Nothing was submitted yet.", "a settlement": "Nothing is settled yet."}
    wants = "" if there else lacking.get(paper.needs, "")
    return Offer(kind, what, paper.title, paper.serves, Right.READ_WORKING, choices, wants)


def _title(offer: Offer, choice: str) -> str:
    words = dict(offer.choices).get(choice)
    return f"{offer.title}, {words}" if words else offer.title


def _has(held: books.Held, file: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(books.folder_of(held))) as packed:
        return file in packed.namelist()


def _seen(folder: Path) -> str:
    """What tells one extract in a folder from the next, without reading it: its files, their sizes and days."""

    def looked() -> Iterator[str]:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            about = path.stat()
            yield f"{path.relative_to(folder).as_posix()} {about.st_size} {about.st_mtime_ns}"

    listing = "\n".join(looked())
    if not listing:
        raise refusal("the records", "the folder", "nothing in it", "tell whoever runs this server")
    return f"sha256:{hashlib.sha256(listing.encode()).hexdigest()}"
