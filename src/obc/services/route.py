"""The route of a contract: as it stands, and the acts that carry it on."""

from dataclasses import dataclass
from datetime import date

from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.procurement.advice import advise
from obc.domain.programme.procurement.law import Law, Reading, read_law
from obc.domain.programme.procurement.local_variation import (
    Headings,
    LocalVariation,
    Shown,
    completed,
    published,
)
from obc.domain.programme.procurement.route_choice import (
    AGREED,
    Activity,
    RouteFile,
    RouteState,
    activity,
    agreed,
    chosen,
    moved,
)
from obc.domain.programme.procurement.route_standing import RouteStanding
from obc.domain.programme.procurement.routes import RoutesToContract
from obc.domain.programme.procurement.structures import DecisionTable
from obc.services.register import Doing, Register, Trail

CHOICES = ("choose the review", "choose the market")


@dataclass(frozen=True)
class RouteBook:
    """A route's file, the definitions it is read by, and its trail."""

    file: RouteFile
    table: DecisionTable
    law: Law
    routes: RoutesToContract
    headings: Headings
    trail: Trail

    @property
    def states(self) -> Register[RouteState]:
        """Where the route stands."""
        return Register("route", RouteState, (self.file.stands,), self.trail)

    @property
    def activities(self) -> Register[Activity]:
        """What was done towards the market."""
        return Register("market-activity", Activity, (), self.trail)

    @property
    def variations(self) -> Register[LocalVariation]:
        """The evidence for local variation."""
        written = LocalVariation(shown=self.file.local_variation)
        return Register("local-variation", LocalVariation, (written,), self.trail)

    def reading(self, on: date | None = None) -> Reading:
        """The law for the contract's facts, as if the procurement began on another day."""
        facts = self.file.law if on is None else self.file.law.model_copy(update={"begins": on})
        return read_law(self.law, facts)

    def standing(self, on: date | None = None) -> RouteStanding:
        """How it all stands. Raises `Problems`."""
        return RouteStanding(
            file=self.file,
            advice=advise(self.table, self.file.facts, self.file.lead),
            law=self.reading(on),
            routes=self.routes,
            headings=self.headings,
            route=self.states.named("route"),
            activities=self.activities.records,
            variation=self.variations.named("local-variation"),
        )

    def step(self, verb: str, doing: Doing, process: str | None, advice: str | None) -> RouteState:
        """Take the route a step on. Raises `Problems`."""

        def turn(route: RouteState) -> RouteState:
            if verb in CHOICES:
                return chosen(route, verb, doing.by, self.reading(), process, advice)
            if verb == "agree":
                return agreed(route, doing.by, self.headings, self.variations.named("local-variation"))
            return moved(route, verb, doing.by)

        return self.states.change("route", verb, doing, turn)

    def record_activity(self, done: Activity, doing: Doing) -> Activity:
        """Record something done towards the market, if the route allows it. Raises `Problems`."""
        if not doing.by.roles:
            raise refusal(
                "route", "activity", f"'{doing.by.id}', who has no role", "let somebody of the team record it"
            )
        return self.activities.add(activity(self.states.named("route"), done), done.kind, doing)

    def complete_heading(self, shown: Shown, doing: Doing) -> LocalVariation:
        """Say what is shown under a heading. Raises `Problems`."""
        return self.variations.change(
            "local-variation",
            "complete a heading",
            doing,
            lambda stood: completed(stood, self.headings, shown, doing.by),
        )

    def publish(self, where: str, doing: Doing) -> LocalVariation:
        """Publish the evidence with the contract. Raises `Problems`."""
        contract = self.states.named("route").state == AGREED
        return self.variations.change(
            "local-variation",
            "publish",
            doing,
            lambda stood: published(stood, self.headings, doing.by, doing.at.date(), where, contract),
        )
