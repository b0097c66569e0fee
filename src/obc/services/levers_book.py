"""A programme's levers as they stand, acts on them, and the next step for each indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.core.kernel.people import People
from obc.domain.core.kernel.problem import Problems, refusal
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import spelled
from obc.domain.measurement.indicators.values import ALL, ValueSet
from obc.domain.money.finance.amount import thousands
from obc.domain.money.finance.projection import projected
from obc.domain.money.settlement.circumstances import NONE, Circumstances, Reviewed
from obc.domain.programme.levers import escalation as escalations
from obc.domain.programme.levers.catalogue import Catalogue
from obc.domain.programme.levers.causes import Analysis
from obc.domain.programme.levers.escalation import Breach, Escalation
from obc.domain.programme.levers.feedback import Feedback, ThemeHeard, answered, heard
from obc.domain.programme.levers.in_hand import (
    IN_HAND,
    InHand,
    Permitted,
    Pull,
    furthest,
    let_go,
    permitted,
    pulled,
    renewed,
)
from obc.domain.programme.levers.ladder import Rung, ladder
from obc.domain.programme.levers.next_step import NextStep, next_steps
from obc.domain.programme.levers.promises import Promise, promise_after
from obc.domain.programme.levers.register import Levers, breach_problems
from obc.domain.programme.levers.savings import Saving, SavingsYear, against_plan
from obc.services.contract_book import ContractBook
from obc.services.monitor import monitor_contract
from obc.services.register import Doing, Register, Trail


class Agreed(BaseModel):
    """A year's savings beside what the contract's own finance file saves in it (None: it says nothing)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: SavingsYear
    agreed_minor: int | None
    planned_as_agreed: bool | None


@dataclass(frozen=True)
class LeversBook:
    """The file of a programme, the catalogue, and the trail of what was done since."""

    file: Levers
    catalogue: Catalogue
    people: People
    holidays: Holidays
    trail: Trail

    @property
    def escalations(self) -> Register[Escalation]:
        """Every breach that is or was on its way."""
        return Register("escalation", Escalation, self.file.escalations, self.trail)

    @property
    def in_hand(self) -> Register[InHand]:
        """Levers that somebody has pulled, or means to."""
        return Register("lever", InHand, self.file.in_hand, self.trail)

    @property
    def feedback(self) -> Register[Feedback]:
        """What people who use services and carers said."""
        return Register("feedback", Feedback, self.file.feedback, self.trail)

    @property
    def promises(self) -> Register[Promise]:
        """Who promised what."""
        return Register("promise", Promise, self.file.promises, self.trail)

    @property
    def savings(self) -> Register[Saving]:
        """Savings by scheme, contract and year."""
        return Register("saving", Saving, self.file.savings, self.trail)

    def heard(self, contract: str, on: date) -> tuple[ThemeHeard, ...]:
        """What was heard of a contract, by theme."""
        own = [one for one in self.feedback.records if one.contract == contract]
        return heard(self.file.themes, own, on, self.file.policy.answer_feedback_within, self.holidays)

    def next_steps(self, contract: Contract, values: ValueSet, on: date) -> tuple[NextStep, ...]:
        """What each indicator of a contract asks for, worst first. Raises what monitoring raises."""
        found = monitor_contract(contract, values).found
        disputed = {
            (value.indicator, value.segment)
            for value in values.values
            if value.provider == ALL and value.evidence == Evidence.DISPUTED
        }
        own = [one for one in self.escalations.records if one.contract == contract.id]
        return next_steps(found, disputed, own, self.catalogue, on)

    def against_plan(self, contract: Contract) -> tuple[Agreed, ...]:
        """A contract's savings by year, beside what its finance file saves in that year, to the thousand."""
        own = [one for one in self.savings.records if one.contract == contract.id]
        saved = projected(contract.finance).outcomes_savings_minor if contract.finance else ()
        rows = []
        for year in against_plan(own):
            place = year.year - contract.agreement.term.first_year + 1  # the base year stands before the first
            agreed = saved[place] if 0 < place < len(saved) else None
            same = None if agreed is None else thousands(agreed) == thousands(year.planned_minor)
            rows.append(Agreed(year=year, agreed_minor=agreed, planned_as_agreed=same))
        return tuple(rows)

    def open(self, breach: Breach, contract: Contract, doing: Doing) -> Escalation:
        """Open an escalation. Raises `Problems`, also where the contract has no such indicator, expectation, party."""
        made = escalations.open_escalation(breach, doing.by, doing.at.date(), self.file.policy, self.holidays)
        if breach.contract != contract.id:
            raise refusal(f"escalation '{breach.id}'", "contract", breach.contract, f"write '{contract.id}'")
        indicators = [one.id for one in contract.definitions]
        expectations = contract.quality.ids if contract.quality else ()
        if problems := tuple(breach_problems(made, indicators, expectations, contract.agreement.party_ids)):
            raise Problems(problems)
        return self.escalations.add(made, "open", doing)

    def move(self, name: str, verb: str, evidence: str | None, doing: Doing) -> Escalation:
        """Take an escalation on. Raises `Problems`."""
        on = doing.at.date()
        return self.escalations.change(
            name,
            verb,
            doing,
            lambda one: escalations.move(one, verb, doing.by, on, self.file.policy, self.holidays, evidence=evidence),
        )

    def withhold(
        self, name: str, share: Fraction, evidence: str | None, contract: Contract, doing: Doing
    ) -> Escalation:
        """Withhold a share of what is due. Raises `Problems`, also where the contract does not allow so much."""
        one = self.escalations.named(name)
        _allowed(contract, one, share, self.escalations.records)
        on = doing.at.date()
        return self.escalations.change(
            name,
            "withhold",
            doing,
            lambda one: escalations.withhold(
                one, share, doing.by, on, self.file.policy, self.holidays, contract.agreement, evidence=evidence
            ),
        )

    def analyse(self, name: str, analysis: Analysis, doing: Doing) -> Escalation:
        """Put an analysis of causes on file."""
        return self.escalations.change(name, "analyse", doing, lambda one: escalations.analyse(one, analysis, doing.by))

    def agree_causes(self, name: str, contract: Contract, doing: Doing) -> Escalation:
        """One side agrees to the causes."""
        agreement, on = contract.agreement, doing.at.date()
        return self.escalations.change(
            name, "agree causes", doing, lambda one: escalations.agree_causes(one, doing.by, on, agreement)
        )

    def pull(self, pull: Pull, contracts: Sequence[str], risks: Sequence[str], doing: Doing) -> InHand:
        """Pull a lever. Raises `Problems`, also where contract, risk, escalation or owner are nowhere."""
        lever = self.catalogue.lever(pull.lever)
        self.people.named(pull.owner)
        _known(pull.id, "contract", pull.contract, contracts)
        if pull.risk:
            _known(pull.id, "risk", pull.risk, risks)
        records = self.escalations.records
        answered = self.escalations.named(pull.escalation) if pull.escalation else furthest(records, pull.contract)
        if answered and answered.contract != pull.contract:
            raise refusal(
                f"lever '{pull.id}'", "escalation", f"one of {answered.contract}", "name one of this contract"
            )
        made = pulled(pull, lever, answered if lever.manner == "punitive" else None, doing.by, doing.at.date())
        stood = next((one for one in self.in_hand.records if one.id == pull.id), None)
        if stood is None:
            return self.in_hand.add(made, "pull", doing)
        IN_HAND.after(stood.state, "pull", doing.by.roles, f"lever in hand '{pull.id}'")
        return self.in_hand.change(pull.id, "pull", doing, lambda _: made)

    def renew(self, name: str, lapses: date, doing: Doing) -> InHand:
        """Hold a lever on until a later day. Raises `Problems`."""
        on = doing.at.date()
        return self.in_hand.change(name, "renew", doing, lambda one: renewed(one, lapses, doing.by, on))

    def let_go(self, name: str, verb: str, doing: Doing) -> InHand:
        """Let go of a lever, or drop one that was only proposed. Raises `Problems`."""
        return self.in_hand.change(name, verb, doing, lambda one: let_go(one, verb, doing.by))

    def ladder(self, name: str, contract: Contract, on: date) -> tuple[Rung, ...]:
        """What may be done about a breach now and by whom, and what each other step takes. Raises `Problems`."""
        clause = contract.mechanism is not None and contract.mechanism.withholding is not None
        return ladder(self.escalations.named(name), self.file.policy, contract.agreement, clause, on)

    def permitted(self, contract: str) -> tuple[Permitted, ...]:
        """What the ladder says of each lever of the catalogue for a contract."""
        answered = furthest(self.escalations.records, contract)
        return tuple(permitted(one, answered) for one in self.catalogue.levers)

    def hear(self, said: Feedback, doing: Doing) -> Feedback:
        """Put feedback on file. Raises `Problems` where its theme is nowhere."""
        themes = [theme.id for theme in self.file.themes]
        if said.theme not in themes:
            found = f"the theme '{said.theme}', which is nowhere"
            raise refusal(f"feedback '{said.id}'", "theme", found, f"there is {', '.join(themes)}")
        if said.state != "heard" or said.reply or said.change:
            raise refusal(f"feedback '{said.id}'", "state", said.state, "reply to it once it is on file")
        return self.feedback.add(said, "hear", doing)

    def answer(self, name: str, verb: str, text: str | None, doing: Doing) -> Feedback:
        """Reply to feedback, or say what was changed because of it."""
        on = doing.at.date()
        return self.feedback.change(name, verb, doing, lambda one: answered(one, verb, doing.by, on, text))

    def promise(self, made: Promise, doing: Doing) -> Promise:
        """Put a promise on file. Its owner is somebody of the programme."""
        self.people.named(made.owner)
        return self.promises.add(made, "promise", doing)

    def keep(self, name: str, verb: str, evidence: str | None, doing: Doing) -> Promise:
        """Finish, confirm, send back or drop a promise."""
        return self.promises.change(name, verb, doing, lambda one: promise_after(one, verb, doing.by, evidence))

    def circumstances(self, contract: ContractBook, also: Circumstances = NONE) -> Circumstances:
        """What a settlement must know of: sanctions, and what each review of quality found in its contract year.

        `also`: disputes and reliefs that were written down elsewhere. Of two reviews on one day the later one counts.
        """
        term = contract.contract.agreement.term
        found: dict[tuple[str, date], Reviewed] = {}
        for one in contract.every_review:
            year = term.year_of(one.on) if one.on else None
            if year is not None and one.on is not None:
                review = {
                    "expectation": one.id,
                    "year": year,
                    "state": one.state,
                    "on": one.on,
                    "evidence": one.evidence,
                }
                found[one.id, one.on] = Reviewed.model_validate(review)
        held = [one.withheld for one in self.escalations.records if one.contract == contract.contract.id]
        return Circumstances(
            disputes=also.disputes,
            relief=also.relief,
            quality=(*also.quality, *found.values()),
            withheld=(*also.withheld, *(one for one in held if one)),
        )


def _known(pull: str, kind: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        found = f"'{name}', which is nowhere"
        raise refusal(f"lever '{pull}'", kind, found, f"there is {', '.join(known) or 'none'}")


def _allowed(contract: Contract, one: Escalation, share: Fraction, every: tuple[Escalation, ...]) -> None:
    """Refuse a sanction that the settlement would refuse: found out now, not at the year's end."""
    clause = contract.mechanism.withholding if contract.mechanism else None
    where = f"escalation '{one.id}'"
    if clause is None:
        found = "a contract that has no clause on withholding"
        raise refusal(where, "withhold", found, "agree on one, as a change of payment.yaml")
    most = clause.allowed(one.year)
    others = [o.withheld for o in every if o.contract == one.contract and o.year == one.year and o.id != one.id]
    already = sum((held.share for held in others if held and not held.released), Fraction(0))
    if already + share > most:
        found = f"{spelled((already + share) * 100)} % in year {one.year}, all sanctions together"
        raise refusal(where, "withhold", found, f"the contract allows at most {spelled(most * 100)} %")
