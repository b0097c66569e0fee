"""Left of the border: from records to indicator values."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from obc.bootstrap.settling import code_version
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.sentence import sentence
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.report import RecordsReport
from obc.engine.dialects.rendering import DIALECTS
from obc.engine.indicators.measure import sql
from obc.engine.keeping.kept import Kept
from obc.engine.records.pseudonyms import pseudonymise as write_pseudonyms
from obc.engine.records.read import check_records as check
from obc.engine.records.recognise import recognise
from obc.engine.segmentation.printed import statements
from obc.engine.session import MEMORY, Session, opened
from obc.loaders.places import DEFINITIONS
from obc.loaders.record_mapping import load_mapping, shipped_code_lists, shipped_mappings
from obc.loaders.whole import read_whole
from obc.services.explain import Explained, explain_person
from obc.services.measure import Measured, measure_contract, segmentation_of
from obc.synthetic.faults import Faults
from obc.synthetic.make import MadeReport
from obc.synthetic.make import make_records as make
from obc.synthetic.truth import Truth
from obc.synthetic.writing import Form

TRUTH = DEFINITIONS / "synthetic" / "oxfordshire.yaml"
"""The true rates of the made-up county."""


def make_records(
    contract: Contract,
    out: Path,
    people: int,
    seed: int,
    *,
    names: str = "v5",
    form: Form = "parquet",
    truth: Path | None = None,
    improvement: float | None = None,
    until: date | None = None,
    faults: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> MadeReport:
    """Made-up records for a contract, in a folder that appears when it is complete."""
    known = read_whole(truth or TRUTH, Truth)
    if improvement is not None:
        known = known.dialled(improvement)
    codes = {provider.code for provider in contract.agreement.providers if provider.code}
    strange = sorted({provider.code for provider in known.county.providers} - codes)
    if codes and strange:
        expected = f"use the contract's codes: {', '.join(sorted(codes))}"
        raise refusal((truth or TRUTH).name, "the file", f"providers {', '.join(strange)}", expected)
    return make(
        known,
        people,
        seed,
        out,
        mapping=None if names == "logical" else load_mapping(names),
        form=form,
        until=until,
        faults=read_whole(faults, Faults) if faults else None,
        progress=(lambda _, share: progress(int(share * 100), 100)) if progress else None,
    )


def check_records(
    contract: Contract,
    folder: Path,
    mapping: str | None = None,
    known_on: date | None = None,
    set_aside: Path | None = None,
) -> RecordsReport:
    """Everything that is wrong with a folder of records; `set_aside` names a file for the rows with an error."""
    return check(folder, _mapping(folder, mapping), code_lists_of(contract), known_on, set_aside)


def pseudonymise(folder: Path, key: Path, out: Path, mapping: str | None = None) -> dict[str, int]:
    """An extract with pseudonyms in place of its ids, in a folder that appears when it is complete; rows by table."""
    if not key.is_file():
        raise refusal(key.name, "the key", "no such file", "write one and keep it outside: openssl rand -out KEY 32")
    with (
        tempfile.TemporaryDirectory(prefix="obc-pseudonyms-") as own,
        duckdb.connect(str(Path(own) / "records.duckdb")) as connection,
    ):
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        return write_pseudonyms(folder, _mapping(folder, mapping), key.read_bytes(), out, connection)


@contextmanager
def records_of(
    contract: Contract,
    folder: Path,
    mapping: str | None = None,
    known_on: date | None = None,
    keep: Path | None = None,
    nhs_numbers: bool = False,
) -> Iterator[Session]:
    """A folder of records, read and checked, for as long as the block lasts.

    `keep`: a folder in which sums are kept from run to run, so that only what changed is measured again.
    `nhs_numbers`: people may be identified by them.
    """
    kept = Kept(keep, code_version()) if keep else None
    with opened(folder, _mapping(folder, mapping), code_lists_of(contract), known_on, kept, nhs_numbers) as session:
        yield session


def measure(
    contract: Contract,
    records: Session,
    until: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Measured:
    """Measure a contract's indicators from records that are open."""
    return measure_contract(contract, records, until, progress)


def explain(contract: Contract, records: Session, indicator: str, person: str) -> tuple[Explained, ...]:
    """Why a person is in or out of an indicator."""
    return explain_person(contract, records, indicator, person)


def sentence_of(contract: Contract, indicator: str) -> str:
    """An indicator's definition as a plain English sentence."""
    return sentence(contract.definition(indicator), code_lists_of(contract))


def sql_of(contract: Contract, dialect: str, indicator: str | None = None) -> str:
    """The queries that measure a contract's first year, or one indicator of it, to be read or run elsewhere.

    Raises `Problems` for a dialect that we do not write.
    """
    if dialect not in DIALECTS:
        raise refusal("the call", "--dialect", f"'{dialect}'", f"choose one of {', '.join(DIALECTS)}")
    lists = code_lists_of(contract)
    years = contract.years[:1]
    definitions = contract.definitions if indicator is None else (contract.definition(indicator),)
    return sql(definitions, lists, [contract.period(year) for year in years], dialect)


def segments_sql_of(contract: Contract, dialect: str) -> str:
    """The statements that make `memberships`, which the queries of `sql_of` ask."""
    until = contract.period(contract.years[0]).end
    return statements(segmentation_of(contract), code_lists_of(contract), until, dialect)


def _mapping(folder: Path, given: str | None) -> RecordMapping:
    return load_mapping(given) if given else recognise(folder, shipped_mappings().values())


def code_lists_of(contract: Contract) -> dict[str, CodeList]:
    """The code lists that a contract's definitions name: those shipped, and its own."""
    return {**shipped_code_lists(), **{one.id: one for one in contract.code_lists}}
