"""What a gate may ask of the governance itself: handovers, the impact on providers, risks."""

from dataclasses import dataclass
from datetime import date

from obc.domain.programme.gates.programme import PlannedContract
from obc.domain.programme.risks.impact import not_assessed, weighed
from obc.services.evidence import Gathered
from obc.services.governance import Governance
from obc.services.portfolio import agreed


@dataclass(frozen=True)
class GovernanceChecks:
    """Each is a `Check` of services/evidence.py."""

    governed: Governance

    def handovers_agreed(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether both sides say the same of everybody and every pound that leaves or enters the contract."""
        about = [
            one for one in self.governed.handovers.records if contract.id in (one.giver.contract, one.taker.contract)
        ]
        apart = [f"{one.id}: {said}" for one in about for said in agreed(self.governed, one).apart]
        if apart:
            return Gathered(False, "; ".join(apart))
        return Gathered(True, f"handovers: {len(about)}, both sides agree" if about else "nothing is handed over")

    def impact_known(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether every provider of today is assessed, and every effect on a heavy one is answered."""
        assessment, money = self.governed.impact, self.governed.money(contract)
        if assessment is None or assessment.contract != contract.id:
            return Gathered(False, "no impact assessment is written for this contract: write impact.yaml")
        if money is None or not money.incumbents:
            return Gathered(False, "it is not known who provides today: write 'today' into finance.yaml")
        missing = not_assessed(assessment, money.incumbents)
        if missing:
            return Gathered(False, f"not assessed: {', '.join(missing)}")
        open_ = [one for one in weighed(assessment, dict(money.earned)) if not one.settled]
        if open_:
            said = "; ".join(
                f"{one.provider}: {'what is at stake is not known' if one.share is None else one.unanswered[0]}"
                for one in open_
            )
            return Gathered(False, f"not answered yet: {said}")
        return Gathered(True, f"providers of today: {len(assessment.providers)}, all assessed and answered")

    def risks_in_hand(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether no risk of the contract, or of the whole programme, is beyond the appetite or overdue for review."""
        about = [one for one in self.governed.risks.records if not one.contracts or contract.id in one.contracts]
        live = [one for one in about if one.live]
        if self.governed.carried is None or not about:
            return Gathered(False, "there is no register of risks: write risks.yaml")
        waiting = [one.id for one in self.governed.carried.waiting(live)]
        late = [one.id for one in live if one.review_by < on]
        said = [f"beyond the appetite and not escalated: {', '.join(waiting)}"] if waiting else []
        said += [f"review overdue: {', '.join(late)}"] if late else []
        return Gathered(not said, "; ".join(said) or f"live risks: {len(live)}, none overdue or beyond the appetite")
