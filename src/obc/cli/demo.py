"""The demonstration: a made-up county measured, scored, settled, stated, signed and verified."""

import shutil
from datetime import timedelta
from pathlib import Path

from obc.bootstrap import contracts, measuring, proving, settling
from obc.cli import output
from obc.cli.measuring import measure_folder, show_people
from obc.cli.settling import show_scorecard, show_settlements, write_document
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import add_months
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.money.settlement.statement import Statement
from obc.engine.values_file import write_values

CONTRACT = "oxfordshire-mental-health"
PROGRAMME = "oxfordshire"
YEARS = 2
"""Contract years to settle; the records go on for a quarter more, so that what falls due after is there."""
MARK = ".made-by-obc-demo"
"""The file that says a folder may be replaced by the next demonstration."""


def show(out: Path, people: int, seed: int, as_json: bool) -> None:
    """Do it all into the folder `out`, which is replaced if an earlier demonstration made it."""
    _clear(out)
    contract = contracts.load_contract(CONTRACT)
    made = output.Progress(f"Making {people:,} people who do not exist")
    last = add_months(contract.period(YEARS).after, 3) - timedelta(days=1)
    measuring.make_records(contract, out / "records", people, seed, until=last, progress=made)
    measured = measure_folder(contract, out / "records", None, None)
    write_values(measured.values, out / "values.parquet")
    write_values(measured.values, out / "values.csv")
    output.say("Settling …")
    returns = contracts.beside(CONTRACT, contracts.RETURNS)
    if returns:
        shutil.copyfile(returns, out / contracts.RETURNS)
    settled = settling.settle(contract, out / "values.parquet", returns=settling.returns_of(returns, contract))
    statement = settled.statement(settling.code_version())
    document = write_document(statement, out)
    for signatory in contract.agreement.signatories:
        proving.sign_for_show(document, signatory.party, proving.seed_for_show(signatory.party))
    output.say("Writing statement, scorecards, ledger and charts …")
    settling.write_reports(contract, statement, measured.values, out)
    verdict = proving.verify(document, contract)
    if verdict.reasons:
        raise Problems(
            tuple(_problem(document.name, reason, "this is a fault of obc: report it") for reason in verdict.reasons)
        )
    if as_json:
        output.as_json(
            {
                "folder": str(out),
                "statement_hash": verdict.statement_hash,
                "values_hash": measured.values.hash,
                "settlements": [one.model_dump(mode="json", include=_KEYS) for one in settled.settlements],
            }
        )
        return
    show_people(measured.people, contract)
    _show(statement, contract)
    print(f"\nStatement {verdict.statement_hash}\nsigned by {', '.join(verdict.signed_by)}, and verified.")
    print(f"\nLook at {out / 'index.html'}, or verify it yourself:\n    obc verify {document}")


_KEYS = {
    "party",
    "year",
    "pot_minor",
    "earned_minor",
    "unearned_minor",
    "payable_minor",
    "passed_on_minor",
    "unsettled",
}


def _show(statement: Statement, contract: Contract) -> None:
    for one in statement.settlements:
        if one.scorecard:
            print(f"\nYear {one.year}")
            show_scorecard(one.scorecard, one.earned_by, statement.currency)
    print()
    show_settlements(statement.settlements, contract)


def _clear(out: Path) -> None:
    if out.exists():
        if any(out.iterdir()) and not (out / MARK).exists():
            found = "a folder that no demonstration made"
            raise Problems((_problem(str(out), found, "name another with --out; nothing is overwritten"),))
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / MARK).touch()


def _problem(file: str, found: str, expected: str) -> Problem:
    return Problem(file=file, where="the folder", found=found, expected=expected)
