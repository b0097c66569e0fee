"""The tornado, the turning points and the time that a simulation takes."""

import time
from fractions import Fraction

from finance_samples import finance, worked
from obc.domain.money.finance.amount import thousands
from obc.domain.money.finance.projection import exactly, projected
from obc.domain.money.finance.sensitivity import sensitivity
from obc.domain.money.finance.simulation import simulated

FINANCE = worked()


def test_the_answer_turns_where_the_model_says():
    found = sensitivity(FINANCE)
    assert thousands(found.answer_minor) == 2_183
    turns = {(turn.option, turn.driver): turn for turn in found.turns}
    enough = turns["outcomes based", "savings delivered"]
    assert (enough.wins, enough.at) == ("from", Fraction("1.1303"))
    for share, cheaper in ((enough.at - Fraction(1, 1000), False), (enough.at + Fraction(1, 1000), True)):
        costs = exactly(FINANCE, {"savings delivered": share})
        outcomes, efficiency = (
            sum(year[0] for year in row[1:]) for row in (costs.outcomes_based(), costs.with_efficiency())
        )
        assert (outcomes < efficiency) is cheaper
    assert turns["do nothing", "months late"].wins == "never"
    assert turns["do nothing with efficiency savings", "months late"].wins == "always"


def test_the_tornado_begins_with_the_widest_and_holds_both_ends():
    bars = sensitivity(FINANCE).tornado
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    late = next(bar for bar in bars if bar.driver == "months late")
    assert [at for at, _ in late.steps] == [0, Fraction("4.5"), 9, Fraction("13.5"), 18]
    assert (late.steps[0][1], late.steps[-1][1]) == (late.at_low_minor, late.at_high_minor)
    assert late.at_low_minor < late.at_high_minor


def test_a_hundred_thousand_runs_take_less_than_five_seconds():
    begun = time.process_time()
    found = simulated(FINANCE, 100_000, 1)
    assert time.process_time() - begun < 5
    assert found.runs == 100_000
    for one in found.options:
        assert one.low_minor < one.median_minor < one.high_minor
        assert len(one.inside) == 5


def test_a_ramp_in_the_file_makes_savings_late_and_smaller(tmp_path):
    plain = projected(finance(tmp_path))
    ramp = ("  behaviour:", "  ramp: {months late: 12, share that comes: 50 %}\n  behaviour:")
    late = projected(finance(tmp_path, ramp))
    assert late.outcomes_savings_minor[:2] == (0, 0)
    assert abs(late.outcomes_savings_minor[2] - plain.outcomes_savings_minor[1] / 2) <= 1
    assert late.do_nothing_minor == plain.do_nothing_minor
