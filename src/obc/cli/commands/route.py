"""Commands on the route to contract: advice, the law, and the acts that carry a route on."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli.acting import Acting, acts
from obc.cli.arguments import As, Format, Out, Trail, day_of, moment_of


class Market(StrEnum):
    """How far providers compete."""

    FULL = "full"
    NONE = "none"
    ONE_DOMINANT = "one-dominant"
    SEVERAL_DOMINANT = "several-dominant"


class Complexity(StrEnum):
    """How complex the services are."""

    SIMPLE = "simple"
    COMPLEX = "complex"


class Integration(StrEnum):
    """How far services have to fit together."""

    LIMITED = "limited"
    FULL = "full"


class Lead(StrEnum):
    """Whether a provider could hold the contract and integrate the others."""

    ABLE = "able"
    NOT_ABLE = "not-able"
    UNKNOWN = "unknown"


class Bought(StrEnum):
    """What is bought."""

    HEALTH = "health"
    MOSTLY_HEALTH = "mostly-health"
    MOSTLY_OTHER = "mostly-other"
    OTHER = "other"


def advise(
    programme: Annotated[
        str | None, typer.Argument(metavar="PROGRAMME", help="take the facts from its route.yaml")
    ] = None,
    market: Annotated[Market | None, typer.Option("--market", help="how far providers compete")] = None,
    complexity: Annotated[Complexity | None, typer.Option("--complexity", help="of the services")] = None,
    integration: Annotated[Integration | None, typer.Option("--integration", help="how far they must fit")] = None,
    lead: Annotated[
        Lead | None, typer.Option("--lead", help="can a provider hold the contract and integrate the others?")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="read the law as if it all began that day"),
    ] = None,
    trail: Trail = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """Which structure fits the market, how it is sourced, why, and what would change the answer.

    Without a programme it takes the three facts, and asks for those that are not given.
    """
    from obc.cli import routing

    machine = as_ is Format.JSON
    if programme is not None:
        if market or complexity or integration or lead:
            raise typer.BadParameter("a programme brings its own facts: leave --market and the like out")
        routing.of_programme(programme, trail, day_of(on), out, machine)
        return
    if out or trail or on:
        raise typer.BadParameter("--out, --trail and --on go with a PROGRAMME")
    routing.of_facts(market, complexity, integration, lead, machine)


def law(
    services: Annotated[Bought, typer.Option("--services", help="what is bought")] = Bought.HEALTH,
    on: Annotated[
        datetime | None, typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="when it begins (default: now)")
    ] = None,
    facts: Annotated[
        list[str] | None, typer.Option("--fact", metavar="FACT=yes|no", help="what is known; others are not known")
    ] = None,
    as_: As = Format.TEXT,
) -> None:
    """Which procurement rules govern, and which of their processes are open, with the regulation's number."""
    from obc.cli import routing

    routing.law(services.value, moment_of(on).date(), facts or [], as_ is Format.JSON)


@acts()
def step(
    acting: Acting,
    verb: Annotated[str, typer.Argument(metavar="STEP", help="such as 'choose the review' or 'raise concerns'")],
    process: Annotated[
        str | None, typer.Option("--process", metavar="ID", help="to choose: the process of law")
    ] = None,
    advice: Annotated[
        str | None, typer.Option("--advice", metavar="TEXT", help="to choose what is not certain: the legal advice")
    ] = None,
) -> None:
    """Take the route a step on: choose, mid-point, decide, agree."""
    from obc.cli import routing

    routing.step(acting, verb, process, advice)


class Kind(StrEnum):
    """What an activity is."""

    PREPARATION = "preparation"
    MARKET = "market"


@acts()
def activity(
    acting: Acting,
    name: Annotated[str, typer.Argument(metavar="ID", help="lower-case words joined by hyphens")],
    what: Annotated[str, typer.Option("--what", metavar="TEXT", help="what was done")],
    kind: Annotated[Kind, typer.Option("--kind", help="market: anything that reaches other providers")],
) -> None:
    """Record something done towards the market; refused before the service review is decided."""
    from obc.cli import routing

    routing.activity(acting, name, kind.value, what)


@acts()
def evidence(
    acting: Acting,
    heading: Annotated[str, typer.Argument(metavar="HEADING", help="one of the ten, such as information-sharing")],
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help="what is shown")],
    evidence_: Annotated[list[str], typer.Option("--evidence", metavar="TEXT", help="what bears it out; may repeat")],
) -> None:
    """Complete a heading of the evidence for local variation."""
    from obc.cli import routing

    routing.evidence(acting, heading, says, evidence_)


@acts()
def publish(
    acting: Acting,
    where: Annotated[str, typer.Option("--where", metavar="ADDRESS", help="where it can be read")],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="also write the document")] = None,
) -> None:
    """Publish the evidence for local variation with the contract; refused while a heading is open."""
    from obc.cli import routing

    routing.publish(acting, where, out)
