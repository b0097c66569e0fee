"""Writing `case_mix.yaml`: the models that the parties freeze when they sign."""

from collections.abc import Iterator
from pathlib import Path

from obc.domain.outcomes.adjustment.case_mix import CaseMix, CaseMixModel

FILE = "case_mix.yaml"

_HEAD = """\
# How likely an outcome is for a person of each kind, as it was when the contract was agreed. Part of the contract and
# of its hash: nobody fits the yardstick to the result. A coefficient is a difference of log odds from the factor's
# reference level. Made by obc adjust; to change it, fit again and agree a variation.
"""


def write_case_mix(case_mix: CaseMix, folder: Path) -> Path:
    """Write the file into `folder` and return its path. The same models give the same bytes."""
    path = folder / FILE
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEAD + "\n".join(_lines(case_mix)) + "\n", encoding="utf-8")
    return path


def _lines(case_mix: CaseMix) -> Iterator[str]:
    if case_mix.agreed:
        yield f"agreed: {case_mix.agreed}"
    yield f"source: {_text(case_mix.source)}"
    yield "models:"
    for model in case_mix.models:
        yield from _model(model)


def _model(model: CaseMixModel) -> Iterator[str]:
    yield f"  - indicator: {model.indicator}"
    yield f"    fitted on: {{start: {model.fitted_on.start}, end: {model.fitted_on.end}}}"
    yield f"    definition: {model.definition}"
    yield f"    counts: {model.counts}"
    yield f"    cases: {model.cases}"
    yield f"    events: {model.events}"
    yield f"    c statistic: {model.c_statistic:f}"
    yield f"    constant: {model.constant:f}"
    yield "    factors:"
    for factor in model.factors:
        yield f"      - factor: {factor.factor}"
        yield f"        reference: {_text(factor.reference)}"
        if factor.effects:
            yield "        effects:"
        for one in factor.effects:
            figures = f"coefficient: {one.coefficient:f}, standard error: {one.standard_error:f}"
            yield f"          - {{level: {_text(one.level)}, {figures}}}"


def _text(given: str) -> str:
    """Text in quotes: a level may be called 1, yes or a date."""
    escaped = given.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
