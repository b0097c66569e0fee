"""What an indicator's figures and its open escalation ask for: support first, and nothing for what is chance."""

from datetime import date
from typing import Any

import pytest

from escalation_samples import agreed, analysis, held, moved, opened
from managed_samples import DAY, MAYOR, agreement
from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import Assurance, Variation
from obc.domain.outcomes.monitoring.monitor import Monitored
from obc.domain.outcomes.monitoring.signals import ChartPoint, Signals
from obc.domain.programme.levers.catalogue import Catalogue
from obc.domain.programme.levers.escalation import Escalation, agree_causes, analyse
from obc.domain.programme.levers.next_step import NextStep, next_steps
from obc.loaders.levers import catalogue_of_levers

PERIOD = Period.of_months(date(2020, 4, 1), 3)
CATALOGUE: Catalogue = catalogue_of_levers()
RUNS, OUT = date(2020, 6, 10), date(2020, 9, 1)
"""Days on which every clock of the samples still runs, and on which all have run out."""


def charted(variation: str = "", assurance: str = "", value: float | None = 0.5, **more: Any) -> Monitored:
    point = ChartPoint(
        period=PERIOD, value=value, centre=0.5, lower=0.4, upper=0.6, signal="", rules=("outside the limits",),
        not_known="" if value else "no value",
    )  # fmt: skip
    signals = Signals(
        kind="p", improvement="increase", target=0.6, points=(point,), variation=variation, assurance=assurance,
        provisional=False, rebased=(),
    )  # fmt: skip
    names = {"indicator": "kept-home", "segment": "all", "outcome": "homes", "judged": True}
    return Monitored(**{**names, **more}, signals=signals, year_end=None)


def step(one: Monitored, escalation: Escalation | None = None, on: date = RUNS, disputed: bool = False) -> NextStep:
    frozen = [("kept-home", "all")] if disputed else []
    (found,) = next_steps([one], frozen, [escalation] if escalation else [], CATALOGUE, on)
    return found


WORSE = charted(Variation.CONCERN)


@pytest.mark.parametrize(
    ("one", "standing", "verb", "words"),
    [
        (WORSE, "getting worse", "open", "talk about it"),
        (charted(assurance=Assurance.FAIL), "failing", "open", "talk about it"),
        (charted(Variation.IMPROVEMENT), "improving", None, "say in public what went well"),
        (charted(assurance=Assurance.PASS), "holding", None, "say in public what went well"),
        (charted(Variation.COMMON_CAUSE, Assurance.HIT_AND_MISS), "chance", None, "to act on chance makes it worse"),
        (charted(value=None), "not known", None, "what is missing is no breach"),
    ],
)
def test_the_figures_alone(one, standing, verb, words):
    found = step(one)
    assert (found.standing, found.verb, found.stage) == (standing, verb, "none")
    assert words in found.advice


def test_nobody_is_pressed_over_a_figure_in_dispute():
    found = step(WORSE, opened(), OUT, disputed=True)
    assert (found.standing, found.verb) == ("in dispute", None) and "settle the dispute first" in found.advice


def notice() -> Escalation:
    return moved(opened(), "give notice", on=date(2020, 6, 5))


@pytest.mark.parametrize(
    ("escalation", "on", "verb", "words"),
    [
        (opened, RUNS, None, "wait until 2020-06-15: the stage 'informal' still runs"),
        (opened, OUT, "give notice", "the informal stage has run out"),
        (notice, RUNS, "agree plan", "agree on a remedial action plan, and on the causes"),
        (notice, OUT, None, "both sides agree on the causes first"),
        (lambda: agreed(notice()), OUT, "withhold", "withhold what the contract allows"),
        (lambda: agreed(notice(), ("nobody", "1")), OUT, "resolve", "no cause lies with the provider: agree relief"),
        (lambda: held(agreed(notice())), OUT, "step in", "withholding has not helped in its time"),
        (lambda: held(agreed(notice())), date(2020, 7, 10), None, "the stage 'withholding' still runs"),
    ],
)
def test_a_breach_that_goes_on_goes_up_when_its_clock_has_run_out(escalation, on, verb, words):
    found = step(WORSE, escalation(), on)
    assert found.verb == verb and words in found.advice


def test_one_sides_word_on_the_causes_is_not_enough():
    one_side = agree_causes(analyse(notice(), analysis(("day-centre", "1")), MAYOR), DAY, RUNS, agreement())
    assert step(WORSE, one_side, OUT).verb is None


def test_an_escalation_ends_when_the_figures_do_better_and_not_by_chance():
    assert step(charted(Variation.IMPROVEMENT), notice()).verb == "resolve"
    assert step(charted(), notice()).verb is None


def test_levers_that_answer_it_come_supportive_before_punitive_and_none_too_early():
    def manners(found: NextStep) -> list[str]:
        known = {lever.id: lever.manner for lever in CATALOGUE.levers}
        return [known[name] for name in found.levers]

    assert set(manners(step(WORSE))) == {"supportive"}
    late = manners(step(WORSE, held(agreed(notice())), OUT))
    assert late == sorted(late, reverse=True) and "punitive" in late
    assert "withhold-payment" not in step(WORSE, opened(), OUT).levers
    assert "withhold-payment" in step(WORSE, notice(), OUT).levers


def test_an_indicator_is_as_bad_as_its_worst_segment_and_the_worst_come_first():
    rows = [
        charted(Variation.IMPROVEMENT),
        charted(Variation.CONCERN, segment="city"),
        charted(Variation.CONCERN, segment="for-learning-only", judged=False),
        charted(assurance=Assurance.PASS, indicator="other"),
    ]
    found = next_steps(rows, [], [], CATALOGUE, RUNS)
    assert [(one.indicator, one.segment, one.standing) for one in found] == [
        ("kept-home", "city", "getting worse"),
        ("other", "all", "holding"),
    ]
