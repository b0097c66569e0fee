"""Score, settle, restate, verify: what they print and what they leave behind."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from obc.bootstrap import contracts, proving, settling, watching
from obc.cli import output
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.money import written
from obc.domain.money.payment.settle import Settle
from obc.domain.money.settlement.attribution import Attributed
from obc.domain.money.settlement.by_line import by_line
from obc.domain.money.settlement.comparison import Comparison
from obc.domain.money.settlement.settlement import Settlement
from obc.domain.money.settlement.statement import Statement
from obc.domain.outcomes.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    from obc.services.settle import Settled

MOST_SHOWN = 20
"""Rows of a table on the terminal; the rest is in the files."""


def score(name: str, values: Path, year: int, out: Path | None, profile: str, as_json: bool) -> None:
    """Score one contract year."""
    contract = contracts.load_contract(name)
    card = settling.score(contract, values, year)
    if out:
        watching.write_scorecard(card, contract, settling.values_of(values), out, profile)
    if as_json:
        output.as_json(card.model_dump(mode="json"))
        return
    print(f"Year {year}: {_points(card.points_earned)} of {_points(card.points_available)} points\n")
    show_scorecard(card)


def show_scorecard(card: Scorecard, earned: tuple[Attributed, ...] = (), currency: str = "") -> None:
    """Outcomes with their points, and the money that these brought in where it is given, as a table."""
    money = {part.id: _money(part.earned_minor, currency) for part in earned}
    rows = [
        (
            one.title,
            one.level if one.pays else "no pay yet",
            _points(one.points_available),
            _points(one.points_earned),
            money.get(one.id, ""),
        )
        for one in card.outcomes
    ]
    rows += [
        (
            one.title,
            "reached" if one.reached else "not reached",
            _points(one.points_available),
            _points(one.points_earned),
            money.get(one.id, ""),
        )
        for one in card.additional
    ]
    heads = ("Outcome", "Level", "Points", "Earned", "Pounds" if currency == "GBP" else currency)
    output.table(
        heads if money else heads[:4], rows if money else [row[:4] for row in rows], "llrrr" if money else "llrr"
    )


def settle(
    name: str,
    values: Path,
    year: int | None,
    as_known: date | None,
    circumstances: Path | None,
    returns: Path | None,
    explain: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Settle every year and party in the values, or one year; by the contract as it was known on a day."""
    contract = contracts.load_contract(name, as_known)
    met = settling.circumstances_of(circumstances, as_known)
    settled = settling.settle(contract, values, year, met, as_known, settling.returns_of(returns, contract))
    if out:
        written_to = write_statement_of(settled, out)
    if as_json:
        compared = {"comparison": settled.comparison.model_dump()} if settled.comparison else {}
        output.as_json({**_settled(settled), **compared})
        return
    if explain:
        from obc.cli.explaining import show_ways

        show_ways(settled.statement(settling.code_version()))
    show_settlements(settled.settlements, contract)
    if settled.comparison:
        given = contract.published.given if contract.published else ()
        reasons = [f"{one.column} ({one.taken_as_given})" for one in given]
        scores = bool(contract.published and contract.published.compare and contract.published.compare.of == "scores")
        _show_comparison(settled.comparison, contract.agreement.currency, reasons, scores)
    if out:
        print("\nWrote " + ", ".join(str(path) for path in written_to))


def write_statement_of(settled: "Settled", folder: Path) -> tuple[Path, ...]:
    """Write the document that the parties sign, and its pages for people."""
    from obc.reports.statement import write_statement

    statement = settled.statement(settling.code_version())
    return write_document(statement, folder), *write_statement(statement, settled.contract, folder)


def write_document(statement: Statement, folder: Path) -> Path:
    """Write the document that the parties sign; whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / settling.STATEMENT
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(statement.document)
    return unfinished.replace(path)


def show_settlements(settlements: tuple[Settlement, ...], contract: Contract) -> None:
    """Party, year and what is due, as a table; then line by line, and what could not be settled."""
    currency = contract.agreement.currency
    rows = [
        (one.party, str(one.year), *(_money(amount, currency) for amount in _amounts(one)), one.evidence.value)
        for one in settlements[:MOST_SHOWN]
    ]
    output.table(("Party", "Year", "Pot", "Earned", "Unearned", "Payable", "Evidence"), rows, "lrrrrrl")
    if len(settlements) > MOST_SHOWN:
        print(f"… and {len(settlements) - MOST_SHOWN:,} more")
    _show_lines(settlements, contract)
    for one in settlements:
        if one.held_minor:
            print(f"{one.party}, year {one.year}: {_money(one.held_minor, currency)} of the pot is held in dispute.")
        if one.withheld_minor:
            print(f"{one.party}, year {one.year}: {_money(one.withheld_minor, currency)} of what is due is withheld.")
    for one in settlements[:MOST_SHOWN]:
        for wants in dict.fromkeys(line.wants for line in one.unsettled):
            lines = ", ".join(line.line for line in one.unsettled if line.wants == wants)
            why = f" for want of {', '.join(wants)}" if wants else ""
            print(f"{one.party}, year {one.year}: not settled{why}: {lines}.")


def _show_lines(settlements: tuple[Settlement, ...], contract: Contract) -> None:
    """Where money moves under several lines, what each brings; as far as there is room for it."""
    currency = contract.agreement.currency
    steps = contract.mechanism.steps if contract.mechanism else ()
    names = [step.step for step in steps if isinstance(step, Settle)]
    lines = [(one, line) for one in settlements for line in by_line(one, names)]
    if len(lines) > MOST_SHOWN:
        lines = [(one, line) for one in settlements for line in by_line(one)]
    if len(names) < 2 or len(lines) > MOST_SHOWN:
        return
    passing = any(line.passed_on_minor for _, line in lines)
    rows = [
        (one.party, str(one.year), line.line, _money(line.due_minor, currency), _money(line.passed_on_minor, currency))
        for one, line in lines
    ]
    print()
    heads = ("Party", "Year", "Line", "Payable", "Passed on")
    output.table(
        heads if passing else heads[:-1], rows if passing else [row[:-1] for row in rows], "lrlrr"[: 4 + passing]
    )


def _amounts(one: Settlement) -> tuple[int | None, ...]:
    return one.pot_minor, one.earned_minor, one.unearned_minor, one.payable_minor


def _settled(settled: "Settled") -> dict[str, object]:
    fields = set(Settlement.model_fields)
    return {
        "contract": settled.contract.id,
        "currency": settled.contract.agreement.currency,
        "contract_hash": settled.contract.hash,
        "values_hash": settled.values_hash,
        "code_version": settling.code_version(),
        "settlements": [one.model_dump(mode="json", include=fields) for one in settled.settlements],
    }


def _show_comparison(comparison: Comparison, currency: str, given: list[str], scores: bool) -> None:
    if scores:
        print("\nCompared with the published scores")
        print(f"  {comparison.paid.equal:,} of {comparison.paid.of:,} scores are equal")
        print(f"  {len(comparison.differences):,} differ")
        return
    print("\nCompared with what was really paid")
    for what, tally in (
        ("amounts paid", comparison.paid),
        ("amounts owed", comparison.owed),
        ("paid-or-not decisions", comparison.decisions),
    ):
        print(f"  {tally.equal:,} of {tally.of:,} {what} are equal")
    print(f"  {comparison.nothing_to_compare:,} settlements have nothing to compare with")
    for one in comparison.differences[:MOST_SHOWN]:
        ours, theirs = _money(one.settled_minor, currency), _money(one.paid_minor, currency)
        print(f"  differs: {one.party}, {one.year}: settled {ours}, paid {theirs}")
    if given:
        print("Columns taken as given:")
        print("\n".join(f"  {column}" for column in given))


def restate(
    name: str,
    values: Path,
    against: Path,
    circumstances: Path | None,
    returns: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """What changes against an earlier statement."""
    contract = contracts.load_contract(name)
    met, handed_in = settling.circumstances_of(circumstances), settling.returns_of(returns, contract)
    settled, entries = settling.restate(contract, values, against, met, handed_in)
    if out:
        write_statement_of(settled, out)
    if as_json:
        output.as_json({**_settled(settled), "adjusting_entries": [entry.model_dump() for entry in entries]})
        return
    if not entries:
        print("Nothing changes: the ledger says already what these values say.")
        return
    currency = contract.agreement.currency
    rows = [(str(one.year), one.credit, one.debit, _money(one.amount_minor, currency), one.reason) for one in entries]
    output.table(("Year", "From", "To", "Amount", "Reason"), rows, "rllrl")


def verify(statement: Path, name: str | None, vouched_by: str | None, as_json: bool) -> int:
    """Check a statement; 0 when it is accepted."""
    from obc.services.restate import read_statement

    contract = contracts.load_contract(name or read_statement(statement.read_bytes()).contract)
    verdict = proving.verify(statement, contract, vouched_by)
    if as_json:
        output.as_json({"accepted": not verdict.reasons, **verdict._asdict()})
    elif verdict.reasons:
        print(f"REFUSED  {statement}")
        print("\n".join(f"  {reason}" for reason in verdict.reasons))
    else:
        print(f"Accepted. {verdict.statement_hash}\nSigned by {', '.join(verdict.signed_by)}; every figure adds up.")
        if verdict.vouched_by and vouched_by is None:
            words = "When the signatures came is the word of the installation with the key"
            print(f"{words} {verdict.vouched_by}: compare it with its keys page, or give it with --vouched-by.")
    return output.INPUT_HAS_PROBLEMS if verdict.reasons else output.DONE


def _points(number: object) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]


def _money(amount: int | None, currency: str) -> str:
    return "not known" if amount is None else written(amount, currency)
