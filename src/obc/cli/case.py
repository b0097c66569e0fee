"""The case for change: what it prints."""

from obc import bootstrap
from obc.cli import output
from obc.domain.core.kernel.money import written
from obc.domain.money.finance.amount import thousands
from obc.domain.programme.case_for_change.case import Case


def case(name: str, as_json: bool) -> None:
    """Work out and print a contract's case for change."""
    made = bootstrap.case(name)
    if as_json:
        output.as_json(made.model_dump(mode="json"))
    else:
        show(made)


def show(made: Case) -> None:
    """The case in a few tables: options first, then the years, then what differs from what is printed."""
    print(f"{made.title}\n")
    for one in made.options:
        against = f"{_against(made, one.difference_minor)} than '{one.best_alternative}'"
        dearer = f"; dearer in {', '.join(one.dearer_in)}" if one.dearer_in else ""
        print(f"  {one.option}: {money(one.total_minor, made)}, {against}{dearer}")
    projection = made.projection
    rows = [
        (line, *(f"{thousands(amount):,}" for amount in amounts))
        for line, amounts in (
            ("Do nothing", projection.do_nothing_minor),
            ("  efficiency savings", projection.efficiency_savings_minor),
            ("Do nothing with efficiency savings", projection.do_nothing_with_efficiency_minor),
            ("  outcomes-based savings", projection.outcomes_savings_minor),
            ("Outcomes based", projection.outcomes_based_minor),
        )
    ]
    print()
    output.table((f"{made.currency} thousand", *projection.years), rows, "l" + "r" * len(projection.years))
    check = made.printed
    print(f"\n{check.figures - len(check.differences)} of {check.figures} printed figures come out to the thousand.")
    for one in check.differences:
        print(f"  {one.line}, {one.column}: printed {one.printed_thousands:,}, worked out {one.model_thousands:,}")


def money(amount: int, made: Case) -> str:
    """An amount in whole pounds."""
    return written(amount // 100 * 100, made.currency).removesuffix(".00")


def _against(made: Case, difference: int) -> str:
    return f"{money(abs(difference), made)} {'more' if difference > 0 else 'less'}"
