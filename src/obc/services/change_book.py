"""Changes of a contract: proposed, agreed by every party, effective; each with what it changes in plain words."""

from dataclasses import dataclass
from datetime import date

from obc.domain.contract.agreement.change import Change
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.contract.variations import proposal
from obc.domain.contract.variations.changed import changed, standing_at
from obc.domain.contract.variations.difference import Difference, differences, reads_otherwise
from obc.domain.contract.variations.fixed_outcomes import Endorsed, against_fixed_outcomes, endorsed_by_nobody
from obc.domain.contract.variations.proposal import Proposal, Wish
from obc.domain.core.kernel.problem import Problems, refusal
from obc.services.register import Doing, Register, Trail


@dataclass(frozen=True)
class ChangeBook:
    """The changes of one contract. `endorsed`: whether reference groups stand behind an outcome in new words."""

    contract: Contract
    holidays: Holidays
    trail: Trail
    endorsed: Endorsed = endorsed_by_nobody

    @property
    def proposals(self) -> Register[Proposal]:
        """Every change that was proposed, as it stands."""
        return Register(f"change-of-{self.contract.id}", Proposal, (), self.trail)

    def versions(self, one: Proposal) -> tuple[Contract, Contract]:
        """The contract without a change and with it. Raises `Problems` where a change no longer fits the contract."""
        if one.state == "effective":
            return changed(self.contract, one.before, f"as before the change '{one.id}'"), self.contract
        return self.contract, self._with(one.id, one.changes)

    def differences(self, one: Proposal) -> tuple[Difference, ...]:
        """What a change makes of the contract; of one that the folder holds already, what it made of it."""
        return differences(*self.versions(one))

    def propose(self, wish: Wish, doing: Doing) -> Proposal:
        """Propose a change that makes a contract which holds together, its outcomes unmoved. Raises `Problems`."""
        return self.proposals.add(self.drawn_up(wish, doing), "propose", doing)

    def drawn_up(self, wish: Wish, doing: Doing) -> Proposal:
        """The change as it would be proposed, with nothing written yet. Raises `Problems` as `propose` does."""
        framework = self._with(wish.id, wish.changes).framework
        term = self.contract.agreement.term
        against = against_fixed_outcomes(self.contract.framework, framework, term, wish.effective, self.endorsed)
        if against:
            raise Problems(against)
        before = tuple(standing_at(self.contract, change) for change in wish.changes)
        schedules = self.contract.schedules
        return proposal.propose(
            self.contract.agreement,
            self.contract.hash,
            wish,
            before,
            doing.by,
            doing.at.date(),
            schedules.changes if schedules else None,
            self.holidays,
        )

    def join(self, agreed: Proposal, doing: Doing) -> Proposal:
        """Take in a change that every party has agreed to elsewhere: in a round of offers. Raises `Problems`."""
        if agreed.state != "agreed":
            waiting = ", ".join(agreed.waits_for) or "nobody"
            raise refusal(
                f"change '{agreed.id}'", "join", f"a change that is {agreed.state}", f"it waits for {waiting}"
            )
        return self.proposals.add(agreed, "agree as the last", doing)

    def agree(self, name: str, doing: Doing) -> Proposal:
        """A party agrees, for itself alone."""
        on = doing.at.date()
        verb, _ = proposal.agree(self.proposals.named(name), doing.by, on)
        return self.proposals.change(name, verb, doing, lambda one: proposal.agree(one, doing.by, on)[1])

    def refuse(self, name: str, doing: Doing) -> Proposal:
        """A party refuses, which ends it."""
        return self.proposals.change(name, "refuse", doing, lambda one: proposal.refuse(one, doing.by, doing.at.date()))

    def withdraw(self, name: str, doing: Doing) -> Proposal:
        """The party that proposed it takes it back."""
        return self.proposals.change(name, "withdraw", doing, lambda one: proposal.withdraw(one, doing.by))

    def take_effect(self, name: str, doing: Doing) -> Proposal:
        """It takes effect once its day has come and the folder reads as agreed."""

        def turn(one: Proposal) -> Proposal:
            differs = reads_otherwise(self.contract, self._with(one.id, one.changes), one.changes)
            return proposal.take_effect(one, doing.by, doing.at.date(), self.contract.agreement, differs)

        return self.proposals.change(name, "take effect", doing, turn)

    def late(self, on: date) -> tuple[Proposal, ...]:
        """Those whose clock for an answer has run out."""
        return tuple(one for one in self.proposals.records if one.late(on))

    def _with(self, name: str, changes: tuple[Change, ...]) -> Contract:
        return changed(self.contract, changes, f"the change '{name}'")
