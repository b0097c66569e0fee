"""Make synthetic records: the one public way in."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from obc.domain.core.kernel.provenance import digest
from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.tables import BY_NAME
from obc.synthetic.admissions import admit
from obc.synthetic.calendar import Calendar, day
from obc.synthetic.caring import care
from obc.synthetic.chunk import Chunk
from obc.synthetic.circumstances import live
from obc.synthetic.crises import fall_into_crisis
from obc.synthetic.diagnosis import diagnose, review
from obc.synthetic.extract import Extract
from obc.synthetic.faults import Faults, Sown, spoil
from obc.synthetic.health import attend, check
from obc.synthetic.pathway import walk
from obc.synthetic.population import populate
from obc.synthetic.recovery import score
from obc.synthetic.residents import settle
from obc.synthetic.spending import spend
from obc.synthetic.surveys import ask
from obc.synthetic.truth import Truth
from obc.synthetic.writing import Form, Writer, folder_in_place

CHUNK = 10_000
"""People drawn at a time, each lot from its own seed: the first people are the same however many follow."""

_IDS = 10_000_000
"""Ids kept apart for each chunk."""

_STREAMS = 13
"""One for each part of people's lives."""

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done so far (0 to 1)."""


class FileMade(BaseModel):
    """One file and its rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    rows: int


class MadeReport(BaseModel):
    """What was made, and of what. Counts only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    truth: str
    truth_hash: str = Field(description="of the truth with its dials, so that other truths cannot pass for it")
    people: int
    seed: int
    layout: str
    files: tuple[FileMade, ...]
    sown: tuple[Sown, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return sum(made.rows for made in self.files)


def make_records(
    truth: Truth,
    people: int,
    seed: int,
    out: Path,
    *,
    mapping: RecordMapping | None = None,
    form: Form = "parquet",
    until: date | None = None,
    faults: Faults | None = None,
    progress: Progress | None = None,
) -> MadeReport:
    """Draw `people` people who are known to services, and write their records into the folder `out`.

    The files have the names and columns that `mapping` reads (resolved, see `RecordMapping.extended`); without
    one they are the logical tables themselves. `until`: the records as they stood on that day, of those of the
    people who were known by then; made again with a later day they hold the same rows and what came after. The
    folder appears when it is complete. Same arguments, same bytes. Raises `Problems` where `out` is not empty,
    ValueError where there are no people to make.
    """
    if people < 1:
        raise ValueError(f"{people} people: make at least one")
    with folder_in_place(out) as folder:
        last = min(until or truth.records_end, truth.records_end)
        extract = draw(truth, people, seed, last, lambda what, share: progress(what, share / 2) if progress else None)
        files: dict[str, int] = {}
        sown: list[Sown] = []
        with Writer(folder, form, mapping) as writer:
            for number, name in zip(count(1), list(extract.tables)):
                rows = extract.tables.pop(name)
                columns = rows.columns()
                rows.parts.clear()
                if faults:
                    rng = np.random.default_rng(np.random.SeedSequence([seed, 2, number]))
                    columns, found = spoil(rng, faults, rows, columns, extract.last_day)
                    sown += found
                files |= writer.write(rows, columns)
                if progress:
                    progress(name, 0.5 + number / len(BY_NAME) / 2)
            files |= writer.write_the_rest()
    return MadeReport(
        truth=truth.id,
        truth_hash=digest(truth.model_dump_json(by_alias=True).encode()),
        people=people,
        seed=seed,
        layout=mapping.id if mapping else "logical",
        files=tuple(FileMade(file=f"{name}.{form}", rows=rows) for name, rows in files.items()),
        sown=tuple(sown),
    )


def draw(truth: Truth, people: int, seed: int, last: date | None = None, progress: Progress | None = None) -> Extract:
    """The records up to the day `last` in compact form. Same truth, people and seed: the same rows up to there."""
    calendar = Calendar(truth)
    last = last or truth.records_end
    extract = Extract(calendar.first, day(last), people)
    chunks = -(-people // CHUNK)
    for number, chunk in zip(range(chunks), _seeds(seed), strict=False):
        _chunk(calendar, extract, number, chunk)
        if progress:
            progress("people", (number + 1) / chunks)
    populate(np.random.default_rng(np.random.SeedSequence([seed, 1])), truth, people, last.year, extract)
    return extract


def _seeds(seed: int) -> Iterator[np.random.SeedSequence]:
    parent = np.random.SeedSequence([seed, 0])
    while True:
        yield from parent.spawn(1)


def _chunk(calendar: Calendar, extract: Extract, number: int, seed: np.random.SeedSequence) -> None:
    """Each part has its own stream, so that a change in one truth does not disturb the draws of the others."""
    streams = (np.random.Generator(np.random.PCG64(child)) for child in seed.spawn(_STREAMS))
    people = settle(next(streams), calendar, extract, number * CHUNK + 1, CHUNK, number * _IDS + 1)
    chunk = Chunk(calendar, people, extract)
    episodes = walk(next(streams), chunk)
    diagnose(next(streams), chunk, episodes)
    has_carer = review(next(streams), chunk, episodes)
    care(next(streams), chunk, episodes, has_carer)
    admit(next(streams), chunk, episodes, fall_into_crisis(next(streams), chunk, episodes))
    for part in (score, live, attend, check, ask, spend):
        part(next(streams), chunk, episodes)
