"""The register of risks as its file brings it along: `risks.yaml`."""

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from obc.domain.contract.agreement.finding import Finding, not_found
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.people import People
from obc.domain.core.kernel.problem import wrong
from obc.domain.programme.risks.appetite import Appetite
from obc.domain.programme.risks.risk import Risk

FILE = "risks.yaml"


class RiskRegister(Written):
    """What is carried, and every risk."""

    appetite: Appetite
    risks: tuple[Risk, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = [one.id for one in self.risks]
        for place, risk in enumerate(self.risks):
            if risk.id in named[:place]:
                raise wrong(f"'{risk.id}' twice", "give each an id of its own", "risks", place, "id")
            if risk.superseded_by is not None and risk.superseded_by not in named:
                raise wrong(f"'{risk.superseded_by}'", "name a risk", "risks", place, "superseded by")
        return self


def risk_findings(
    register: RiskRegister, bodies: tuple[str, ...], contracts: tuple[str, ...], people: People
) -> Iterator[Finding]:
    """Owners, bodies and contracts that are nowhere."""
    persons = tuple(one.id for one in people.people)
    for key in ("held by", "to"):
        name = register.appetite.held_by if key == "held by" else register.appetite.to
        if name not in bodies:
            yield not_found(FILE, ("appetite", key), name, "body", bodies)
    for place, risk in enumerate(register.risks):
        if risk.owner not in persons:
            yield not_found(FILE, ("risks", place, "owner"), risk.owner, "person", persons)
        for at, name in enumerate(risk.contracts):
            if name not in contracts:
                yield not_found(FILE, ("risks", place, "contracts", at), name, "contract", contracts)
