"""How long 2,397 settlements of the shared-savings contract take; fails where the budget is exceeded by half.

As many as were published for 2013 to 2018, of made-up organisations: every rule of `cms-shared-savings` worked over
arrays, with the ledger entries of each. The floor, in the same run, is what anybody would have to do who knew only the
rule for gains: the same exact fractions by hand, row by row, rate by size, hurdle, share, sequestration, cap, penny.
"""

import argparse
import sys
from bisect import bisect_right
from fractions import Fraction
from time import perf_counter, process_time

import numpy as np

from obc.bootstrap.contracts import load_contract
from obc.domain.money.settlement.settlement import settle
from obc.domain.outcomes.scoring.curve import Curve
from obc.domain.outcomes.scoring.evidenced import Evidenced

CONTRACT, YEAR = "cms-shared-savings", 2018
SETTLEMENTS, BUDGET, ALLOWED = 2_397, 2.0, 1.5
"""As many as were published, and the seconds that they may take."""


def rows(many: int) -> dict[str, list[Fraction]]:
    """Plausible figures of the one-sided track: nobody shares losses, half of all savings are shared, less quality."""
    random = np.random.default_rng(1)
    people = random.integers(5_000, 59_999, many)
    benchmark = people * random.integers(8_000, 14_000, many)
    spent = [int(a * b) for a, b in zip(benchmark, random.normal(0.985, 0.03, many), strict=True)]
    quality = random.integers(70, 101, many)
    return {
        "people": [Fraction(int(n)) for n in people],
        "benchmark": [Fraction(int(n)) for n in benchmark],
        "expenditure": [Fraction(n) for n in spent],
        "printed minimum savings rate": [Fraction(39, 1000)] * many,
        "quality score": [Fraction(int(n), 100) for n in quality],
        "sharing rate": [Fraction(int(n), 200) for n in quality],
    }


def by_hand(given: dict[str, list[Fraction]], table: list[tuple[Fraction, Fraction]]) -> list[int]:
    """The gains in pennies, and nothing else: no evidence, no names, no ledger."""
    places = [place for place, _ in table]
    paid = []
    for people, benchmark, spent, _, _, share in zip(*given.values(), strict=True):
        i = bisect_right(places, people) - 1
        (low, start), (high, end) = table[i], table[min(i + 1, len(table) - 1)]
        hurdle = start + (end - start) * (people - low) / (high - low) if high > low else start
        saved = benchmark - spent
        due = saved * share * Fraction(98, 100) if saved > 0 and saved / benchmark >= hurdle else Fraction(0)
        paid.append(int(min(due, benchmark / 10) * 100 + Fraction(1, 2)))
    return paid


def main() -> int:
    """Run it; 1 where the budget is exceeded by half, or where the two ways come to different pennies."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--settlements", type=int, default=SETTLEMENTS)
    many = given.parse_args().settlements
    mechanism = load_contract(CONTRACT).mechanism
    assert mechanism is not None
    held = rows(many)
    inputs = {name: Evidenced.of(column) for name, column in held.items()}
    parties = [f"organisation-{i}" for i in range(many)]
    curve = next(step for step in mechanism.steps if step.step == "rate by size")
    assert isinstance(curve, Curve)
    table = [tuple(part.fixed.history[0].value for part in (point.at, point.gives)) for point in curve.points]
    settle(mechanism, {name: Evidenced.of(column[:2]) for name, column in held.items()}, parties[:2], [YEAR] * 2)
    start, worked = perf_counter(), process_time()
    _, settled = settle(mechanism, inputs, parties, [YEAR] * many)
    seconds, worked = perf_counter() - start, process_time() - worked
    start = process_time()
    expected = by_hand(held, table)  # type: ignore[arg-type]
    floor = process_time() - start
    budget = BUDGET * many / SETTLEMENTS
    print(f"{many:,} settlements: {seconds:.2f} s, {worked:.2f} s worked")
    print(f"  the rule for gains by hand: {floor:.3f} s, so {worked / floor:.1f} times that; budget {budget:.1f} s")
    wrong = sum(one.payable_minor != amount for one, amount in zip(settled, expected, strict=True))
    above = sum(amount > 0 for amount in expected)
    print(f"  {many - wrong:,} of {many:,} come to the same penny, {above:,} of them to more than nothing")
    return int(wrong > 0 or worked > budget * ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
