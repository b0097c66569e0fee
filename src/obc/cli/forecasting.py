"""Forecast: what it prints and what it leaves behind."""

from pathlib import Path

from obc.bootstrap import contracts, settling, watching
from obc.cli import output
from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.money import written
from obc.domain.money.finance.transfer import TransferCost
from obc.domain.money.settlement.forecast import Forecast, Spread

MOST_ACROSS = 5
"""Accounts that a table on the terminal has room for side by side; the others follow below."""
MOST_WORTH = 12
"""Indicators on the terminal, the most valuable first; the rest is in the files."""


def forecast(
    name: str,
    values: Path,
    year: int,
    runs: int,
    seed: int,
    worth: bool,
    scenario: Path | None,
    returns: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Forecast one contract year, and the same under a scenario."""
    contract = contracts.load_contract(name)
    handed_in = settling.returns_of(returns, contract)
    made, other = watching.forecast(contract, values, year, runs, seed, worth, scenario, handed_in)
    moving = watching.transfer(contract, year)
    paths: tuple[Path, ...] = ()
    if out:
        from obc.reports.forecast import write_forecast

        paths = write_forecast(made, other, contract, out, moving)
    if as_json:
        more = {"scenario_forecast": other.model_dump(mode="json")} if other else {}
        more |= {"transfer": moving.model_dump(mode="json")} if moving else {}
        output.as_json({**made.model_dump(mode="json"), **more})
        return
    _show(made)
    if other:
        print(f"\nScenario: {other.scenario}")
        _show(other)
        gain = other.earned.mean_minor - made.earned.mean_minor
        print(f"\nOn average the scenario earns {written(abs(gain), made.currency)} {'more' if gain >= 0 else 'less'}.")
    if moving:
        _show_transfer(moving, made.currency, contract)
    if paths:
        print("\nWrote " + ", ".join(str(path) for path in paths))


def _show(made: Forecast) -> None:
    pot, currency = made.central.pot_minor, made.currency
    of = f" of {written(pot, currency)}" if pot is not None else ""
    print(f"Year {made.year}, {_known(made.quarters_known)}: {made.runs:,} runs")
    print(f"Earned at the year's end: {written(made.earned.median_minor, currency)}{of} (middle of the runs)")
    print(f"90 % of the runs earn {_span(made.earned, currency)}\n")
    rows = [(_known(one.quarters), *_row(one.earned, currency)) for one in made.fan]
    output.table(("With", "5 %", "25 %", "Middle", "75 %", "95 %"), rows, "lrrrrr")
    if made.outcomes:
        print()
        heads = ("Outcome", "Points", "Expected", *(chance.level for chance in made.outcomes[0].levels))
        points = [
            (
                one.title,
                f"{float(one.points_available):.1f}",
                f"{float(one.points_expected):.1f}",
                *(_percent(float(chance.chance)) for chance in one.levels),
            )
            for one in made.outcomes
        ]
        output.table(heads, points, "lrr" + "r" * len(made.outcomes[0].levels))
    print()
    moved = [
        (one.account, written(one.received.mean_minor, currency), _span(one.received, currency))
        for one in made.accounts
    ]
    output.table(("Account", "Receives on average", "90 % of the runs"), moved, "lrl")
    _show_cash(made)
    _show_worth(made)
    for one in made.central.unsettled:
        print(f"\nNot forecast: {one.line}, for want of {', '.join(one.wants) or 'what it is worked out from'}.")
    if made.unforeseen:
        print(f"\nNothing can be said of {', '.join(made.unforeseen)}: no values, or too few cases.")


def _show_transfer(moving: TransferCost, currency: str, contract: Contract) -> None:
    from obc.reports import transfer
    from obc.reports.names import Names

    names = Names(contract)
    print(f"\n{transfer.summary(moving, currency)}")
    table = transfer.table(moving, names, currency)
    shown = [
        [column.shown(cell, currency) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows
    ]
    output.table([column.heading for column in table.columns], shown, "ll" + "r" * (len(table.columns) - 2))
    print()
    for link in moving.links:
        print(f"- {transfer.sentence(link, names, currency)}")
    if moving.held_by:
        print("\nIf a body apart from the providers held the contract")
        kinds = [(one.kind, written(one.added_minor, currency)) for one in moving.held_by]
        output.table(("Kind of holder", "VAT added in the year"), kinds, "lr")


def _show_cash(made: Forecast) -> None:
    if not made.cash:
        return
    names = list(dict.fromkeys(one.account for one in made.cash))
    for i in range(0, len(names), MOST_ACROSS):
        across = names[i : i + MOST_ACROSS]
        print("\nWhen the money moves (received less paid)" if i == 0 else "")
        rows = []
        for day in dict.fromkeys(one.paid for one in made.cash):
            moved = {one.account: one.received_minor for one in made.cash if one.paid == day}
            rows.append((f"{day:%-d %B %Y}", *(written(moved.get(name, 0), made.currency) for name in across)))
        output.table(("Paid", *across), rows, "l" + "r" * len(across))


def _show_worth(made: Forecast) -> None:
    ranked = sorted(made.worth, key=lambda one: -max((gain.worth_minor for gain in one.gains), default=0))
    shown = [one for one in ranked if one.gains][:MOST_WORTH]
    if not shown:
        return
    print("\nWhat one unit on the better side is worth, on average")
    rows = [
        (
            one.indicator,
            one.segment,
            _percent(float(one.moves)),
            "; ".join(f"{gain.account} {written(gain.worth_minor, made.currency)}" for gain in one.gains),
        )
        for one in shown
    ]
    output.table(("Indicator", "Segment", "Moves in", "To whom"), rows, "llrl")


def _known(quarters: int) -> str:
    return "no quarter known" if not quarters else f"{quarters} quarter{'' if quarters == 1 else 's'} known"


def _row(one: Spread, currency: str) -> tuple[str, ...]:
    amounts = (one.low_90_minor, one.low_50_minor, one.median_minor, one.high_50_minor, one.high_90_minor)
    return tuple(written(amount, currency) for amount in amounts)


def _span(one: Spread, currency: str) -> str:
    return f"{written(one.low_90_minor, currency)} to {written(one.high_90_minor, currency)}"


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %" if share >= 0.01 or share == 0 else "< 1 %"
