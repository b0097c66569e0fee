"""The definitions by which providers are chosen: structures, routes, law, headings, factors, bank holidays."""

from obc.domain.contract.agreement.working_days import Holidays
from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.procurement.criteria import Factors
from obc.domain.programme.procurement.law import Law
from obc.domain.programme.procurement.local_variation import Headings
from obc.domain.programme.procurement.routes import RoutesToContract
from obc.domain.programme.procurement.structures import DecisionTable
from obc.loaders.places import DEFINITIONS
from obc.loaders.whole import read_whole

_ROUTES = DEFINITIONS / "routes"


def decision_table() -> DecisionTable:
    """Which structure for which market."""
    return read_whole(_ROUTES / "structures-2013.yaml", DecisionTable)


def routes_to_contract() -> RoutesToContract:
    """Service review and competitive dialogue."""
    return read_whole(_ROUTES / "routes-2013.yaml", RoutesToContract)


def headings_of_local_variation() -> Headings:
    """What has to be shown where prices or ways to pay differ from national ones."""
    return read_whole(_ROUTES / "local-variation-2013.yaml", Headings)


def procurement_law() -> Law:
    """The rules of procurement in England."""
    return read_whole(_ROUTES / "law-england.yaml", Law)


def factors_of(name: str) -> Factors:
    """What bidders are judged by. Raises `Problems` for a name there is none of."""
    known = {path.stem: path for path in sorted(_ROUTES.glob("success-factors-*.yaml"))}
    if name not in known:
        raise refusal("assessment.yaml", "factors", f"'{name}'", f"name one of {', '.join(known)}")
    return read_whole(known[name], Factors)


def bank_holidays() -> Holidays:
    """The bank holidays of England and Wales."""
    return read_whole(DEFINITIONS / "calendars" / "england-and-wales.yaml", Holidays)
