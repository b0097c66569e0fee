"""A route as it stands: what the table, the law and the trail say of it together."""

from dataclasses import dataclass

from obc.domain.programme.procurement.advice import Advice
from obc.domain.programme.procurement.law import Reading
from obc.domain.programme.procurement.local_variation import Headings, LocalVariation
from obc.domain.programme.procurement.route_choice import Activity, RouteFile, RouteState
from obc.domain.programme.procurement.routes import RoutesToContract


@dataclass(frozen=True)
class RouteStanding:
    """Everything there is to say about a route: advice, law, the routes compared, and how it stands."""

    file: RouteFile
    advice: Advice
    law: Reading
    routes: RoutesToContract
    headings: Headings
    route: RouteState
    activities: tuple[Activity, ...]
    variation: LocalVariation
