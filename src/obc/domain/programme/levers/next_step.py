"""The next step: what an indicator's figures and its open escalation ask for, and which levers answer them."""

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.core.statistics import Assurance, Variation
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.monitoring.monitor import Monitored
from obc.domain.programme.levers.catalogue import Catalogue, Stage, Standing
from obc.domain.programme.levers.escalation import Escalation

WORST_FIRST: tuple[Standing, ...] = (
    "in dispute",
    "getting worse",
    "failing",
    "not known",
    "chance",
    "improving",
    "holding",
)
_BREACH = ("getting worse", "failing")


class NextStep(BaseModel):
    """What to do about one indicator. `verb`: what an escalation allows next; None: no escalation is called for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    segment: str
    standing: Standing
    because: str
    escalation: str | None
    stage: Stage
    due: date | None
    verb: str | None
    advice: str
    levers: tuple[str, ...]


def standing_of(one: Monitored, disputed: bool = False) -> tuple[Standing, str]:
    """What the figures say of an indicator in a segment, and why. Chance is told from change, never guessed."""
    if disputed:
        return "in dispute", "a party does not accept the figure"
    signals = one.signals
    last = signals.points[-1] if signals.points else None
    if last is None or last.value is None:
        return "not known", f"no figure for the last quarter{f': {last.not_known}' if last and last.not_known else ''}"
    few = "; with few points so far" if signals.provisional else ""
    if signals.variation == Variation.CONCERN:
        rules = f" ({', '.join(last.rules)})" if last.rules else ""
        return "getting worse", f"the chart signals a change for the worse{rules}{few}"
    if signals.assurance == Assurance.FAIL:
        return "failing", f"as it runs, the target of {_plain(signals.target)} will not be met{few}"
    if signals.variation == Variation.IMPROVEMENT:
        return "improving", f"the chart signals a change for the better{few}"
    if signals.assurance == Assurance.PASS:
        return "holding", f"as it runs, the target of {_plain(signals.target)} will be met{few}"
    return "chance", f"nothing but chance variation{few}"


def next_steps(
    monitored: Sequence[Monitored],
    disputed: Iterable[tuple[str, str]],
    escalations: Iterable[Escalation],
    catalogue: Catalogue,
    on: date,
) -> tuple[NextStep, ...]:
    """One line an indicator, by its worst segment; the worst indicators first."""
    frozen = set(disputed)
    open_ = {one.indicator: one for one in escalations if one.indicator and one.open}
    worst: dict[str, tuple[int, Monitored, Standing, str]] = {}
    for one in monitored:
        if one.segment != ALL and not one.judged:
            continue
        standing, because = standing_of(one, (one.indicator, one.segment) in frozen)
        rank = WORST_FIRST.index(standing)
        if one.indicator not in worst or rank < worst[one.indicator][0]:
            worst[one.indicator] = rank, one, standing, because
    ordered = sorted(worst.values(), key=lambda found: found[0])
    return tuple(
        _step(one, standing, because, open_.get(one.indicator), catalogue, on) for _, one, standing, because in ordered
    )


def _step(
    one: Monitored, standing: Standing, because: str, escalation: Escalation | None, catalogue: Catalogue, on: date
) -> NextStep:
    stage: Stage = escalation.state if escalation and escalation.state != "closed" else "none"
    verb, advice = _advised(standing, escalation, on)
    return NextStep(
        indicator=one.indicator,
        segment=one.segment,
        standing=standing,
        because=because,
        escalation=escalation.id if escalation else None,
        stage=stage,
        due=escalation.due if escalation else None,
        verb=verb,
        advice=advice,
        levers=tuple(lever.id for lever in catalogue.fitting(standing, stage)),
    )


def _advised(standing: Standing, escalation: Escalation | None, on: date) -> tuple[str | None, str]:
    match standing:
        case "in dispute":
            return None, "settle the dispute first: nobody is pressed over a figure that is not agreed"
        case "not known":
            return None, "get the figure first: what is missing is no breach of the indicator"
        case "chance" if escalation is None:
            return None, "leave it: to act on chance makes it worse; to move it, change the process together"
    if standing not in _BREACH:
        if escalation is not None and standing != "chance":
            return "resolve", "end the escalation, and say in public what went well"
        if escalation is not None:
            return None, "keep to the plan; the chart does not show a change yet"
        return None, "say in public what went well, and learn from it elsewhere"
    if escalation is None:
        return "open", "talk about it: look at the figures together, with patients and carers"
    return _pressed(escalation, on)


def _pressed(escalation: Escalation, on: date) -> tuple[str | None, str]:
    """What an escalation over a breach that goes on asks for."""
    late = escalation.due is not None and on > escalation.due
    match escalation.state:
        case "informal" if late:
            return "give notice", "the informal stage has run out: give formal notice"
        case "formal notice" if not late:
            return "agree plan", "agree on a remedial action plan, and on the causes"
        case "formal notice" | "remedial action plan" if late:
            found = escalation.analysis
            if found is None or len(found.agreed) < 2:
                return None, "both sides agree on the causes first; without it there is no sanction"
            if not found.part_of(escalation.party):
                return "resolve", "no cause lies with the provider: agree relief, and end the escalation"
            return (
                "withhold",
                "the clock has run out and a cause lies with the provider: withhold what the contract allows",
            )
        case "withholding" if late:
            return "step in", "withholding has not helped in its time: step in, or end the contract"
        case "step-in":
            return "step out", "hand the service back once it is safe, or end the contract"
        case _:
            return None, f"wait until {escalation.due}: the stage '{escalation.state}' still runs"


def _plain(target: float | None) -> str:
    return "none" if target is None else f"{target:.4g}"
