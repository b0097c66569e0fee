"""Whether the case-mix models that a contract froze still fit its indicators' definitions."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found
from obc.domain.outcomes.adjustment.case_mix import CaseMixModel, meaning_of

FILE = "case_mix.yaml"
_AGAIN = "fit the model again with 'obc adjust … --fit', and agree it"


def case_mix_findings(parts: Parts) -> Iterator[Finding]:
    """Models of indicators that there are not, or that are defined otherwise than when they were fitted."""
    if parts.case_mix is None:
        return
    defined = {definition.id: definition for definition in parts.definitions}
    for i, model in enumerate(parts.case_mix.models):
        at: At = ("models", i)
        definition = defined.get(model.indicator)
        file = f"indicators/{model.indicator}.yaml"
        if definition is None:
            adjusted = tuple(one.id for one in parts.definitions if one.adjusted_by)
            yield not_found(FILE, (*at, "indicator"), model.indicator, "adjusted indicator", adjusted)
        elif definition.adjusted_by is None:
            expected = (
                f"write 'adjusted by: [{', '.join(factor.factor for factor in model.factors)}]', or drop the model"
            )
            yield _finding(file, (), f"'{model.indicator}', which is adjusted by nothing but has a model", expected)
        elif tuple(factor.name for factor in definition.adjusted_by) != tuple(one.factor for one in model.factors):
            names = ", ".join(factor.name for factor in definition.adjusted_by)
            yield _finding(
                FILE, (*at, "factors"), f"the factors {_factors(model)}", f"it is adjusted by {names}: {_AGAIN}"
            )
        elif meaning_of(definition) != model.definition:
            yield _finding(
                FILE, (*at, "definition"), "a definition that has changed since the model was fitted", _AGAIN
            )


def _factors(model: CaseMixModel) -> str:
    return ", ".join(factor.factor for factor in model.factors)


def _finding(file: str, at: At, found: str, expected: str) -> Finding:
    return Finding(file=file, at=at, found=found, expected=expected)
