"""The case for change: what it prints."""

from datetime import date
from pathlib import Path

from obc.bootstrap import programme
from obc.cli import output
from obc.domain.core.kernel.money import written
from obc.domain.money.finance.amount import thousands
from obc.domain.programme.case_for_change.case import Case
from obc.loaders.programme import open_programme


def case(name: str, runs: int, seed: int, as_json: bool) -> None:
    """Work out and print a contract's case for change."""
    made = programme.case(name, runs, seed)
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

    show_beyond_the_money(made)


def show_beyond_the_money(made: Case) -> None:
    """How sure it is, what does not hold in the printed savings, how the options score, how the questions stand."""
    if made.simulation:
        print(
            f"\nDrawn {made.simulation.runs:,} times (seed {made.simulation.seed}): the chance to stay in the envelope"
        )
        rows = [
            (one.option, *(f"{float(share):.1%}" for share in one.inside), f"{float(one.cheapest):.1%}")
            for one in made.simulation.options
        ]
        years = made.projection.years[1:]
        output.table(("Option", *years, "Cheapest in"), rows, "l" + "r" * (len(years) + 1))
    if made.savings.findings:
        print("\nWhat does not hold together in the savings")
        print("\n".join(f"  {finding}" for finding in made.savings.findings))
    if made.appraisal:
        scored = (f"{one.option} {float(one.total):.2f}" for one in made.appraisal.options)
        print(f"\nScored from 0 to 5: {', '.join(scored)}")
    if made.questions.questions:
        said = (
            f"{made.questions.answered_yes} of {len(made.questions.questions)} answered yes, {made.questions.open} open"
        )
        print(f"Questions before the next phase: {said}")


def money(amount: int, made: Case) -> str:
    """An amount in whole pounds."""
    return written(amount // 100 * 100, made.currency).removesuffix(".00")


def _against(made: Case, difference: int) -> str:
    return f"{money(abs(difference), made)} {'more' if difference > 0 else 'less'}"


def difference(before: str, after: str, as_json: bool) -> None:
    """Print what moved from one case to another, and why."""
    found = programme.case_difference(before, after)
    if as_json:
        output.as_json(found.model_dump(mode="json"))
        return
    if not found.inputs:
        print("Nothing differs.")
        return
    print("Inputs that differ")
    output.table(
        ("Where", "Before", "After"), [(one.where, one.before or "–", one.after or "–") for one in found.inputs]
    )
    print("\nWhat each does to the cost over the years, one after the other (thousands)")
    heads = ("Part", *(name.capitalize() for name, _, _ in found.totals_minor))
    rows = [(step.part, *(_moved(by) for _, by in step.moves_minor)) for step in found.steps]
    rows.append(("Altogether", *(_moved(now - was) for _, was, now in found.totals_minor)))
    output.table(heads, rows, "l" + "r" * (len(heads) - 1))
    print(f"\n{len(found.figures)} figures of the projection moved.")


def _moved(by: int) -> str:
    return f"{'+' if by > 0 else ''}{thousands(by):,}" if by else "0"


def business_case(
    name: str, out: Path, runs: int, seed: int, of: str | None, trail: Path | None, on: date, as_json: bool
) -> None:
    """Write a contract's business case and say where; `of` a programme, with the statements of its groups."""
    folder = open_programme(of, trail) if of else None
    paths = programme.write_business_case(name, out, runs, seed, folder, on)
    if as_json:
        output.as_json({"written": [str(path) for path in paths]})
    else:
        print("Wrote " + ", ".join(str(path) for path in paths))
