"""The catalogue of levers that obc brings along, and a programme's `levers.yaml`."""

from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.levers.catalogue import Catalogue, Family
from obc.domain.programme.levers.register import FILE, Levers, lever_problems
from obc.loaders.places import DEFINITIONS
from obc.loaders.programme import ProgrammeFolder
from obc.loaders.whole import read_whole


def catalogue_of_levers() -> Catalogue:
    """Every family of levers, in its place."""
    families = [read_whole(path, Family) for path in sorted((DEFINITIONS / "levers").glob("*.yaml"))]
    return Catalogue(families=tuple(sorted(families, key=lambda family: family.place)))


def read_levers(programme: ProgrammeFolder, catalogue: Catalogue) -> Levers:
    """What a programme's file says. Raises `Problems`, also for levers, themes and people that are nowhere."""
    levers = programme.read(FILE, Levers)
    problems = tuple(lever_problems(levers, catalogue, programme.people))
    if problems:
        raise Problems(tuple(one.model_copy(update={"file": f"{programme.name}/{FILE}"}) for one in problems))
    return levers
