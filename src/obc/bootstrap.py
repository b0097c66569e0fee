"""The one place where parts are plugged together."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from obc import __version__
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.known import known_on as as_known_on
from obc.domain.contract.variations.scenario import Scenario
from obc.domain.core.kernel.problem import Problem, refusal
from obc.domain.measurement.indicators.sentence import sentence
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.mapping import RecordMapping
from obc.domain.measurement.records.report import RecordsReport
from obc.domain.money.settlement.circumstances import NONE, Circumstances
from obc.domain.money.settlement.forecast import Forecast
from obc.domain.money.settlement.ledger import Entry
from obc.domain.money.settlement.price_of_chance import PriceOfChance
from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.scoring.scorecard import Scorecard
from obc.domain.programme.case_for_change.case import Case
from obc.domain.programme.case_for_change.difference import CaseDifference
from obc.engine.indicators.measure import sql
from obc.engine.records.read import check_records as check
from obc.engine.records.recognise import recognise
from obc.engine.session import Session, opened
from obc.engine.values_file import read_values
from obc.loaders import contract as folders
from obc.loaders.cost_centres import read_cost_centres
from obc.loaders.new_contract import new_contract as copy_template
from obc.loaders.places import DEFINITIONS
from obc.loaders.published_values import read_published
from obc.loaders.record_mapping import load_mapping, shipped_code_lists, shipped_mappings
from obc.loaders.whole import read_whole
from obc.reports import signature as signatures
from obc.services.accounts import YearAccounts, year_accounts
from obc.services.case import compare_cases, make_case
from obc.services.compare import Compared, compare_places
from obc.services.explain import Explained, explain_person
from obc.services.forecast import forecast_scenario, forecast_year
from obc.services.measure import Measured, measure_contract
from obc.services.monitor import Monitoring, monitor_contract, rebase_of
from obc.services.power import price_of_chance
from obc.services.publish import publish
from obc.services.restate import read_statement, restate_measured
from obc.services.score import score_year
from obc.services.settle import Settled, settle_measured, settle_published
from obc.services.verify import Verdict
from obc.services.verify import verify as verify_statement
from obc.synthetic.faults import Faults
from obc.synthetic.make import MadeReport
from obc.synthetic.make import make_records as make
from obc.synthetic.truth import Truth
from obc.synthetic.writing import Form

TRUTH = DEFINITIONS / "synthetic" / "oxfordshire.yaml"
"""The true rates of the made-up county."""
ESTIMATED_FROM = 20_000
"""Runs of the forecast behind a month-end estimate."""
STATEMENT = "statement.json"
"""The signed document; `statement.PARTY.sig` beside it are the signatures."""


def load_contract(contract: str, as_known: date | None = None) -> Contract:
    """The contract in a folder, or the worked one of that name; as agreed by the end of a day. Raises `Problems`."""
    loaded = folders.load_contract(contract)
    return loaded if as_known is None else as_known_on(loaded, as_known)


def check_contract(contract: str, on: date | None = None) -> tuple[Problem, ...]:
    """Every problem of a contract. `on`: also say which definitions are past their review on that day."""
    return folders.check_contract(contract, on)


def new_contract(name: str, parent: Path) -> Path:
    """A contract folder called `name`, to start from."""
    copy_template(parent / name)
    return parent / name


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
    return check(folder, _mapping(folder, mapping), _code_lists(contract), known_on, set_aside)


@contextmanager
def records_of(
    contract: Contract, folder: Path, mapping: str | None = None, known_on: date | None = None
) -> Iterator[Session]:
    """A folder of records, read and checked, for as long as the block lasts."""
    with opened(folder, _mapping(folder, mapping), _code_lists(contract), known_on) as session:
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
    return sentence(contract.definition(indicator), _code_lists(contract))


def sql_of(contract: Contract, dialect: str) -> str:
    """The queries that measure a contract, for an analyst to read or run elsewhere."""
    lists = _code_lists(contract)
    years = contract.years[:1]
    return sql(contract.definitions, lists, [contract.period(year) for year in years], dialect)


def _mapping(folder: Path, given: str | None) -> RecordMapping:
    return load_mapping(given) if given else recognise(folder, shipped_mappings().values())


def _code_lists(contract: Contract) -> dict[str, CodeList]:
    return {**shipped_code_lists(), **{one.id: one for one in contract.code_lists}}


def score(contract: Contract, values: Path, year: int) -> Scorecard:
    """The scorecard of a contract year."""
    return score_year(contract, read_values(values), year)


def values_of(path: Path) -> ValueSet:
    """The indicator values in a file. Raises `Problems`."""
    return read_values(path)


def settle(
    contract: Contract,
    values: Path,
    year: int | None = None,
    circumstances: Circumstances = NONE,
    day: date | None = None,
) -> Settled:
    """What is due, from measured or from published values. Published ones are taken as they are.

    `day`: on it a year's provisional values are final if the contract's run-out is over.
    """
    if contract.published and contract.mechanism:
        return settle_published(contract, read_published(values, contract.published, contract.mechanism), year)
    return settle_measured(contract, read_values(values), None if year is None else [year], circumstances, day)


def circumstances_of(file: Path | None, day: date | None = None) -> Circumstances:
    """The disputes and reliefs of a file that hold on a day; without a day, those that are not settled. `Problems`."""
    return read_whole(file, Circumstances).in_force(day) if file else NONE


def forecast(
    contract: Contract, values: Path, year: int, runs: int, seed: int, worth: bool = False, scenario: Path | None = None
) -> tuple[Forecast, Forecast | None]:
    """Where a contract year may end, and where it may under a scenario. Raises `Problems`."""
    measured = read_values(values)
    base = forecast_year(contract, measured, year, runs, seed, with_worth=worth)
    if scenario is None:
        return base, None
    return base, forecast_scenario(contract, read_whole(scenario, Scenario), measured, year, runs, seed, worth)


def accounts(
    contract: Contract,
    values: Path,
    year: int,
    known_to: date | None,
    cost_centres: Path | None,
    circumstances: Circumstances,
    seed: int,
) -> YearAccounts:
    """A year's journal, month by month, up to its statement. Raises `Problems`."""
    centres = read_cost_centres(cost_centres) if cost_centres else {}
    return year_accounts(contract, read_values(values), year, known_to, centres, ESTIMATED_FROM, seed, circumstances)


def case(contract: str, runs: int, seed: int) -> Case:
    """The case for change of a contract, with every driver drawn `runs` times. Raises `Problems`."""
    return make_case(*folders.load_case(contract), runs, seed)


def write_business_case(contract: str, out: Path, runs: int, seed: int) -> tuple[Path, ...]:
    """Write the business case of a contract: page, PDF, DOCX, workbook and charts. Raises `Problems`."""
    from obc.reports.business_case import write_business_case as write

    loaded, file = folders.load_case(contract)
    return write(make_case(loaded, file, runs, seed), loaded, file, out)


def case_difference(before: str, after: str) -> CaseDifference:
    """What moved between the money of two contracts, and why. Raises `Problems`."""
    return compare_cases(load_contract(before), load_contract(after))


def write_monitoring(
    contract: Contract, values: Path, rebased: Sequence[str], out: Path
) -> tuple[Monitoring, tuple[Path, ...]]:
    """Write control charts and the way to the year's end. `rebased`: `INDICATOR DAY REASON` each."""
    from obc.reports.monitoring import write_monitoring as write

    found = monitor_contract(contract, read_values(values), [rebase_of(text) for text in rebased])
    return found, write(found.found, contract, found.year, out)


def compare(
    published: Path,
    area: str,
    numerator: str | None,
    denominator: str | None,
    indicator: str | None,
    peers: Sequence[str],
) -> Compared:
    """A place of a published file among its peers: of MHSDS by two measures, of Fingertips by an indicator."""
    from obc.loaders.fingertips import read_fingertips
    from obc.loaders.mhsds_publication import read_publication

    if indicator is not None:
        return compare_places(read_fingertips(published, indicator), area, peers)
    return compare_places(read_publication(published, numerator or "", denominator or ""), area, peers)


def write_comparison(found: Compared, out: Path) -> tuple[Path, ...]:
    """Write a comparison as a page with its funnel."""
    from obc.reports.comparison import write_comparison as write

    return write(found.own, found.nation, found.among, out)


def export(contract: Contract, values: Path, out: Path, form: str, profile: str, base: str) -> dict[str, int]:
    """Write indicator values as a profile lets them be shown; says how many are shown, suppressed and so on."""
    from obc.reports.exports import write_export

    shown = publish(contract, read_values(values), profile)
    write_export(contract, shown, profile, form, base, out)
    return {state: sum(one.shown == state for one in shown) for state in dict.fromkeys(one.shown for one in shown)}


def power(contract: Contract, values: Path | None, assumed: int | None, within: float) -> PriceOfChance:
    """What the thresholds of a contract pay for chance, with measured or assumed denominators."""
    return price_of_chance(contract, read_values(values) if values else None, assumed, within)


def write_power(price: PriceOfChance, contract: Contract, out: Path) -> tuple[Path, ...]:
    """Write what is paid for chance as a page with its charts."""
    from obc.reports.power import write_power as write

    return write(price, contract, out)


def restate(
    contract: Contract, values: Path, against: Path, circumstances: Circumstances = NONE
) -> tuple[Settled, tuple[Entry, ...]]:
    """What is due anew, and the entries that bring the earlier statement's ledger to it."""
    return restate_measured(contract, read_values(values), _bytes(against), circumstances)


def verify(statement: Path, contract: Contract) -> Verdict:
    """Check a statement and the signatures beside it."""
    given = {path.name: path.read_bytes() for path in sorted(statement.parent.glob(f"{statement.stem}.*.sig"))}
    return verify_statement(_bytes(statement), given, contract, signatures.refusals)


def sign(statement: Path, party: str, key: Path) -> Path:
    """Sign a statement for a party; the signature is a file beside it. Returns its path."""
    document = _bytes(statement)
    read_statement(document)
    try:
        signature = signatures.sign(document, party, _bytes(key).decode())
    except ValueError as error:
        raise refusal(
            key.name, "the file", "no private key of the kind we sign with", "give the file that 'obc key' wrote"
        ) from error
    return _signature(statement, party, signature)


def sign_for_show(statement: Path, party: str, seed: bytes) -> Path:
    """Sign with a key that anybody can work out from `seed`: for demonstrations only."""
    content = signatures.sign(_bytes(statement), party, signatures.new_keys(seed).private_pem)
    return _signature(statement, party, content)


def new_key(out: Path) -> str:
    """Write a new private key into a file that only its owner may read; returns the public key."""
    pair = signatures.new_keys()
    try:
        out.touch(mode=0o600, exist_ok=False)
        out.write_text(pair.private_pem)
    except OSError as error:
        raise refusal(out.name, "the file", error.strerror or "a place to write to", "name a new file") from error
    return pair.public_key


@cache
def code_version() -> str:
    """The version of obc and the hash of its code and definitions: what a settlement was worked out with."""
    package = files("obc")
    hashed = hashlib.sha256()
    root = Path(str(package))
    for path in sorted(
        p for p in root.rglob("*") if p.suffix in (".py", ".yaml") and "worked_contracts" not in p.parts
    ):
        hashed.update(f"{path.relative_to(root).as_posix()}\0".encode())
        hashed.update(path.read_bytes())
    return f"{__version__} sha256:{hashed.hexdigest()}"


def write_reports(contract: Contract, statement: Statement, values: ValueSet, out: Path) -> None:
    """Statement, scorecards, ledger and charts for people, and the page that leads to them."""
    from obc.reports.index import write_index
    from obc.reports.ledger import write_ledger
    from obc.reports.pictures import write_charts
    from obc.reports.scorecard import write_scorecard
    from obc.reports.statement import write_statement

    write_statement(statement, contract, out)
    for one in statement.settlements:
        if one.scorecard:
            write_scorecard(one.scorecard, contract, values.values, out)
    write_ledger(statement, contract, out)
    write_charts(statement, contract, values.values, out)
    write_index(statement, contract, out)


def _signature(statement: Path, party: str, content: bytes) -> Path:
    path = statement.with_name(f"{statement.stem}.{party}.sig")
    path.write_bytes(content)
    return path


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refusal(path.name, "the file", error.strerror or "no file", "give the path of a file") from error
