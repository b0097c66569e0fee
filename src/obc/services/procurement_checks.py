"""What a gate may look up of a contract's route and of the assessment of its bidders."""

from dataclasses import dataclass
from datetime import date

from obc.domain.programme.gates.programme import PlannedContract
from obc.domain.programme.procurement.local_variation import missing
from obc.domain.programme.procurement.procedure import AWARDED
from obc.domain.programme.procurement.route_choice import AGREED, MARKET, NEGOTIATION
from obc.services.assessment import AssessmentBook
from obc.services.evidence import Gathered
from obc.services.route import RouteBook


@dataclass(frozen=True)
class ProcurementChecks:
    """Looks into the route and the assessment of a programme; either may not be there yet."""

    route: RouteBook | None
    assessment: AssessmentBook | None

    def route_decided(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether it is decided between the existing providers and the market."""
        if self.route is None or self.route.file.contract != contract.id:
            return Gathered(False, f"no route.yaml is about {contract.id}")
        state = self.route.states.named("route").state
        return Gathered(state in (NEGOTIATION, MARKET, AGREED), f"the route is {state}")

    def local_variation_complete(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether something is shown under every heading of local variation."""
        if self.route is None or self.route.file.contract != contract.id:
            return Gathered(False, f"no route.yaml is about {contract.id}")
        open_ = missing(self.route.headings, self.route.variations.named("local-variation"))
        said = f"still open: {', '.join(one.title for one in open_)}" if open_ else "every heading is completed"
        return Gathered(not open_, said)

    def provider_chosen(self, contract: PlannedContract, on: date) -> Gathered:
        """Whether the contract has been awarded, by the day of the gate."""
        if self.assessment is None or self.assessment.rules.contract != contract.id:
            return Gathered(False, f"no assessment.yaml is about {contract.id}")
        course = self.assessment.course()
        done = course.state == AWARDED and course.awarded is not None and course.awarded <= on
        return Gathered(done, f"awarded on {course.awarded}" if done else f"the assessment is {course.state}")
