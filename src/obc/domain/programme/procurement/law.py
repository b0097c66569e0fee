"""Which procurement rules govern a contract on a day, and which of their processes the facts open.

What the law says is data, dated and with its source; this is the reading of it. It is a guide to the questions and no
legal advice: where a fact is not known, or turns on judgement, that is said.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.rate import Exact

Answer = Literal["yes", "no", "not known"]
Services = Literal["health", "mostly-health", "mostly-other", "other"]
"""What is bought: health care; mostly that, with other things that cannot be bought apart; the reverse; none of it."""

Standing = Literal["must be followed", "open", "not certain", "closed"]


class LegalFact(Written):
    """A question that the rules ask. `judgement`: it turns on a judgement, so it needs a record and legal advice."""

    id: Slug
    asks: Text
    judgement: bool = False


class Condition(Written):
    """A fact that has to be so."""

    fact: Slug
    is_: Literal["yes", "no"]


class Notice(Written):
    """Something that has to be published, when, and where the rules say so. `within`: days after the award."""

    what: Text
    when: Text
    regulation: Text
    within: int | None = Field(default=None, ge=1)


class Process(Written):
    """A way to select a provider that the rules allow.

    `must`: where its conditions hold, it has to be followed. `gives way to`: processes that close this one then.
    `method`: who may offer, in the words of the Open Contracting Data Standard. `assess after`: so many days after its
    first notice, before which nobody is judged.
    """

    id: Slug
    title: Text
    regulation: Text
    method: Literal["open", "selective", "limited", "direct"]
    must: bool = False
    gives_way_to: tuple[Slug, ...] = ()
    conditions: tuple[Condition, ...] = ()
    notices: tuple[Notice, ...] = ()
    standstill: Slug | None = None
    assess_after: int | None = Field(default=None, ge=1)
    minds: Text | None = None


class Threshold(Written):
    """The value, with VAT and in whole pounds, from which the rules apply in full."""

    for_: Text
    value: Exact
    from_: date
    to: date | None = None
    source: Text


class Regime(Written):
    """A set of rules, what it governs, and from when to when."""

    id: Slug
    title: Text
    instrument: Text
    services: tuple[Services, ...] = Field(min_length=1)
    from_: date
    to: date | None = None
    minds: Text
    criteria: tuple[Text, ...]
    thresholds: tuple[Threshold, ...] = ()
    processes: tuple[Process, ...] = Field(min_length=1)

    def governs(self, services: str, on: date) -> bool:
        """Whether a procurement of these services that begins on a day comes under these rules."""
        return services in self.services and self.from_ <= on and (self.to is None or on <= self.to)


class Standstill(Written):
    """How long an award has to wait after its notice, and after a review."""

    id: Slug
    title: Text
    regulation: Text
    working_days: int = Field(ge=1)
    after_review: int = Field(ge=1)
    source: Text


class Law(Written):
    """The rules of a country, as read on a day."""

    id: Slug
    title: Text
    agreed: date
    source: Text
    facts: tuple[LegalFact, ...]
    regimes: tuple[Regime, ...] = Field(min_length=1)
    standstills: tuple[Standstill, ...]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for found, expected, at in self._unsound():
            raise wrong(found, expected, *at)
        return self

    def _unsound(self) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
        facts = [fact.id for fact in self.facts]
        standstills = [one.id for one in self.standstills]
        for i, regime in enumerate(self.regimes):
            processes = [process.id for process in regime.processes]
            for j, process in enumerate(regime.processes):
                at = ("regimes", i, "processes", j)
                for k, condition in enumerate(process.conditions):
                    if condition.fact not in facts:
                        yield f"the fact '{condition.fact}'", f"ask one of {', '.join(facts)}", (*at, "conditions", k)
                for other in process.gives_way_to:
                    if other not in processes:
                        yield f"'{other}'", f"name one of {', '.join(processes)}", (*at, "gives way to")
                if process.standstill and process.standstill not in standstills:
                    yield f"'{process.standstill}'", f"name one of {', '.join(standstills)}", (*at, "standstill")

    def fact(self, name: str) -> LegalFact:
        """The fact of that id."""
        return next(fact for fact in self.facts if fact.id == name)

    def process(self, name: str) -> Process:
        """The process of that id. Raises `Problems`, with those there are."""
        every = [process for regime in self.regimes for process in regime.processes]
        found = next((process for process in every if process.id == name), None)
        if found is None:
            raise refusal(
                "the law", "process", f"no process '{name}'", f"there is {', '.join(one.id for one in every)}"
            )
        return found

    def standstill_of(self, process: Process) -> Standstill | None:
        """How long an award of this process waits; None: these rules lay nothing down."""
        return next((one for one in self.standstills if one.id == process.standstill), None)


def _answers(given: Any) -> Any:
    if isinstance(given, dict):
        return [{"fact": key, "answer": value} for key, value in given.items()]
    return given


class Answered(Written):
    """A legal fact with its answer."""

    fact: Slug
    answer: Answer


class LegalFacts(Written):
    """What is bought, when the procurement begins, and what is known; a fact that is not named is not known."""

    services: Services
    begins: date
    answers: Annotated[tuple[Answered, ...], BeforeValidator(_answers)] = ()

    def of(self, fact: str) -> Answer:
        """The answer to a fact."""
        return next((one.answer for one in self.answers if one.fact == fact), "not known")


class Judged(BaseModel):
    """A process, how it stands, and why; what to mind, and what has to be published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    process: Slug
    title: str
    regulation: str
    stands: Standing
    reasons: tuple[str, ...]
    advice: tuple[str, ...]
    notices: tuple[Notice, ...]
    standstill: str | None


class Reading(BaseModel):
    """The rules that govern, and their processes. No regime: obc does not hold the rules of that day or service."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    services: str
    begins: date
    regime: Slug | None
    title: str
    instrument: str | None
    minds: str
    criteria: tuple[str, ...]
    thresholds: tuple[Threshold, ...]
    processes: tuple[Judged, ...]
    read_on: date
    source: str

    def process(self, name: str) -> Judged | None:
        """How a process stands; None: these rules do not have it."""
        return next((one for one in self.processes if one.process == name), None)


def read_law(law: Law, facts: LegalFacts) -> Reading:
    """Which rules govern, and which of their processes the facts open. Raises `Problems` for a fact of no rule."""
    known = [fact.id for fact in law.facts]
    for answered in facts.answers:
        if answered.fact not in known:
            raise refusal("the law", "facts", f"the fact '{answered.fact}'", f"the rules ask {', '.join(known)}")
    regime = next((one for one in law.regimes if one.governs(facts.services, facts.begins)), None)
    return Reading(
        services=facts.services,
        begins=facts.begins,
        regime=regime.id if regime else None,
        title=regime.title if regime else "No rules are laid down here for these services on that day",
        instrument=regime.instrument if regime else None,
        minds=regime.minds if regime else "Take legal advice: nothing is claimed.",
        criteria=regime.criteria if regime else (),
        thresholds=tuple(t for t in regime.thresholds if _holds(t, facts.begins)) if regime else (),
        processes=tuple(_judged(law, regime, process, facts) for process in regime.processes) if regime else (),
        read_on=law.agreed,
        source=law.source,
    )


def _holds(threshold: Threshold, on: date) -> bool:
    return threshold.from_ <= on and (threshold.to is None or on <= threshold.to)


def _judged(law: Law, regime: Regime, process: Process, facts: LegalFacts) -> Judged:
    stands, reasons = _stands(law, regime, process, facts)
    asked = [law.fact(condition.fact) for condition in process.conditions]
    turns = [fact for fact in asked if fact.judgement]
    advice = [f"turns on judgement, so record the reasons and take legal advice: {fact.asks}" for fact in turns]
    standstill = law.standstill_of(process)
    return Judged(
        process=process.id,
        title=process.title,
        regulation=process.regulation,
        stands=stands,
        reasons=reasons,
        advice=(*(advice if stands != "closed" else ()), *((process.minds,) if process.minds else ())),
        notices=process.notices,
        standstill=f"{standstill.working_days} working days ({standstill.regulation})" if standstill else None,
    )


def _stands(law: Law, regime: Regime, process: Process, facts: LegalFacts) -> tuple[Standing, tuple[str, ...]]:
    against, doubts, reasons = [], [], []
    for other in (one for one in regime.processes if one.id in process.gives_way_to):
        stands, _ = _stands(law, regime, other, facts)
        if stands == "must be followed":
            against.append(f"{other.title} must be followed ({other.regulation})")
        elif stands == "not certain":
            doubts.append(f"not known whether {other.title} must be followed ({other.regulation})")
    for condition in process.conditions:
        asks, answer = law.fact(condition.fact).asks, facts.of(condition.fact)
        if answer == "not known":
            doubts.append(f"not known: {asks}")
        elif answer == condition.is_:
            reasons.append(f"{asks} {answer.capitalize()}.")
        else:
            against.append(f"{asks} {answer.capitalize()}.")
    if against:
        return "closed", tuple(against)
    if doubts:
        return "not certain", (*doubts, *reasons)
    said = tuple(reasons) or ("nothing among the facts stands against it",)
    return ("must be followed" if process.must else "open"), said
