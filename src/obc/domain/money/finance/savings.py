"""How savings are meant to come about: fewer spells, milder clusters, costs that can leave, money put in first."""

from fractions import Fraction
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written, WrittenFigure
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, spelled
from obc.domain.money.finance.amount import Amount, Share

Cluster = int
"""A care cluster by its number; 0 stands for spend without one."""


class Assumption(Written):
    """A share of spells that goes, cumulative by year: out of `reduces` clusters, or one `steps down` at a time.

    `steps down: [5, 4, 3]`: the share of 5 that is treated as 4 instead, and of 4 that is treated as 3.
    """

    id: Slug
    title: str
    reduces: tuple[Cluster, ...] = ()
    steps_down: tuple[Cluster, ...] = ()
    cumulative: tuple[Share, ...]
    why: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if bool(self.reduces) == bool(self.steps_down):
            raise wrong("both or neither of 'reduces' and 'steps down'", "say which clusters, in one of the two")
        if len(self.steps_down) == 1:
            raise wrong("a step down from one cluster", "list where it leads: [5, 4, 3]", "steps down")
        for name, clusters in (("reduces", self.reduces), ("steps down", self.steps_down)):
            if len(set(clusters)) < len(clusters):
                raise wrong("a cluster that is named twice", "name each once", name)
        for i, (before, after) in enumerate(pairwise(self.cumulative), 1):
            if after < before:
                found = f"{spelled(after * 100)} % after {spelled(before * 100)} %"
                raise wrong(found, "cumulative shares never fall: put the years in order", "cumulative", i)
        return self

    @property
    def touched(self) -> tuple[Cluster, ...]:
        """Every cluster whose cost changes by it."""
        return self.reduces or self.steps_down


class ClusterCost(Written):
    """The spells of a cluster in the base year and what one costs."""

    cluster: Cluster = Field(ge=0, le=21)
    title: str
    spells: int = Field(ge=0)
    unit_cost: Amount
    source: str | None = None

    @property
    def cost(self) -> int:
        """What the cluster costs in the base year (minor units)."""
        return self.spells * self.unit_cost


class CostBehaviour(Written):
    """How cost answers when spells fall: `variable` goes with each, `stepped` in whole steps, `fixed` stays.

    `step`: the share of a cluster's spells that must go before one step can be closed (a team, a ward).
    """

    variable: Share
    stepped: Share
    fixed: Share
    step: Share
    source: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        together = self.variable + self.stepped + self.fixed
        if together != 1:
            raise wrong(f"shares of {spelled(together * 100)} %", "variable, stepped and fixed must be 100 % together")
        if self.stepped and not self.step:
            raise wrong("steps of nothing", "say which share of the spells closes one step", "step")
        return self

    def released(self, share: Fraction) -> Fraction:
        """The part of the cost that leaves when a `share` of the spells does."""
        steps = share // self.step * self.step if self.stepped else Fraction(0)
        return self.variable * share + self.stepped * min(steps, Fraction(1))


class PrintedCluster(Written):
    """A cluster's cumulative savings by year, as a source prints them."""

    cluster: Cluster = Field(ge=0, le=21)
    title: str
    amounts: tuple[Amount, ...]


class PrintedSavings(Written):
    """A table of savings by cluster and year as printed, in whole thousands, with its totals."""

    clusters: tuple[PrintedCluster, ...] = Field(min_length=1)
    totals: tuple[Amount, ...]
    source: str


class Investment(Written):
    """Money put in so that savings can be made. `said to come from`: the clusters whose savings are to pay for it."""

    title: str
    amount: WrittenFigure = Field(description="a year, in pounds; the last value stays")
    said_to_come_from: tuple[Cluster, ...] = ()
    source: str | None = None


class Ramp(Written):
    """How late savings start, and how much of what is planned comes."""

    months_late: Exact = Fraction(0)
    share_that_comes: Share = Fraction(1)
    source: str | None = None


class Savings(Written):
    """Savings of the outcomes-based option: as `printed`, or from the `model` of spells, unit costs and behaviour."""

    taken_from: Literal["printed", "model"]
    assumptions: tuple[Assumption, ...]
    clusters: tuple[ClusterCost, ...] = ()
    behaviour: CostBehaviour | None = None
    investment: Investment | None = None
    ramp: Ramp = Ramp()
    printed: PrintedSavings | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        known = {one.cluster for one in self.clusters} or set(range(22))
        for i, assumption in enumerate(self.assumptions):
            for cluster in assumption.touched:
                if cluster not in known:
                    key = "reduces" if assumption.reduces else "steps down"
                    cure = "write its spells and unit cost under 'clusters'"
                    raise wrong(f"cluster {cluster}, which has no spells", cure, "assumptions", i, key)
        if len({one.cluster for one in self.clusters}) < len(self.clusters):
            raise wrong("a cluster that is costed twice", "give each cluster one line", "clusters")
        if self.taken_from == "printed" and self.printed is None:
            raise wrong("'printed', but no printed savings", "write them, or 'taken from: model'", "taken from")
        if self.taken_from == "model" and not (self.clusters and self.behaviour):
            cure = "write 'clusters' and 'behaviour', or 'taken from: printed'"
            raise wrong("'model', but no clusters to model", cure, "taken from")
        return self
