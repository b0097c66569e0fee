"""FHIR R4: a Measure for each indicator and a MeasureReport for each of its periods, as one Bundle in JSON.

HL7 FHIR release 4.0.1, Measure and MeasureReport. A figure that is not shown is absent with the reason that the
standard has for it (extension data-absent-reason): masked where suppressed, never 0.

Checked against what the pages of release 4.0.1 print of these resources (elements, cardinalities, types, required
bindings, invariants; tests/fhir_r4.py), and that references resolve. Not checked with HL7's own validator.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.sentence import sentence
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.publication.published import PublishedValue
from obc.reports.exports.material import Material
from obc.reports.names import Names

_CODES = "http://terminology.hl7.org/CodeSystem"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_REASONS = {"suppressed": "masked", "missing": "unknown", "not measurable": "not-applicable"}
_SCORING = {"proportion": "proportion", "rate": "ratio", "mean": "continuous-variable"}
_POPULATIONS = {
    "proportion": ("denominator", "numerator"),
    "rate": ("denominator", "numerator"),
    "mean": ("measure-population",),
}
_OF_RATIO = ("numerator",)
RATIO = "observed over expected"
"""The second group of an indicator that is compared with a population."""


def fhir_bundle(material: Material, base: str) -> bytes:
    """The Bundle. `base`: the address under which the measures are said to stand, without a slash at its end."""
    resources: list[dict[str, Any]] = []
    by_indicator: dict[str, list[PublishedValue]] = {}
    for value in material.values:
        by_indicator.setdefault(value.indicator, []).append(value)
    for definition in material.contract.definitions:
        if held := by_indicator.get(definition.id):
            resources.append(_measure(definition, material, base))
            resources += _reports(definition, held, material, base)
    entries = ",\n".join(
        json.dumps({"fullUrl": f"{base}/{one['resourceType']}/{one['id']}", "resource": one}, ensure_ascii=False)
        for one in resources
    )
    # an entry a line: it can be read and compared, and is written ten times as fast as when it is indented
    return f'{{"resourceType": "Bundle", "type": "collection", "entry": [\n{entries}\n]}}\n'.encode()


def _measure(definition: IndicatorDefinition, material: Material, base: str) -> dict[str, Any]:
    lists = {one.id: one for one in material.contract.code_lists}
    told = sentence(definition, lists)
    return {
        "resourceType": "Measure",
        "id": definition.id,
        "url": f"{base}/Measure/{definition.id}",
        "name": "".join(word.capitalize() for word in definition.id.split("-")),
        "title": definition.title,
        "status": "active",
        "publisher": material.contract.agreement.commissioners[0].name,
        "description": told,
        "purpose": definition.why,
        "scoring": _concept("measure-scoring", _SCORING[definition.measure]),
        "improvementNotation": _notation(definition),
        "group": [_asked(_POPULATIONS[definition.measure], told)]
        + ([_asked(_OF_RATIO, told) | {"code": {"text": RATIO}}] if definition.compared_with else []),
    }


def _asked(populations: Sequence[str], told: str) -> dict[str, Any]:
    """A group of a Measure: what is counted, by segment."""
    return {
        "population": [
            {"code": _concept("measure-population", code), "criteria": {"language": "text/plain", "expression": told}}
            for code in populations
        ],
        "stratifier": [{"code": {"text": "segment"}}],
    }


def _reports(
    definition: IndicatorDefinition, held: Sequence[PublishedValue], material: Material, base: str
) -> Iterable[dict[str, Any]]:
    """One for each period and provider, with the segments as strata."""
    together: dict[tuple[date, date, str], list[PublishedValue]] = {}
    for one in held:
        together.setdefault((one.period.start, one.period.end, one.provider), []).append(one)
    names = material.names
    for (start, end, provider), same in together.items():
        groups = [_group(same, names, lambda one: _figures(one, definition))]
        if definition.compared_with:
            groups.append({"code": {"text": RATIO}} | _group(same, names, _ratio))
        name = f"{definition.id}-{start:%Y%m%d}-{end:%Y%m%d}-{provider.lower()}"
        yield {
            "resourceType": "MeasureReport",
            "id": _id(name),
            "identifier": [{"value": name}],
            "status": "complete",
            "type": "summary",
            "measure": f"{base}/Measure/{definition.id}",
            "reporter": {"display": material.provider(same[0])},
            "period": {"start": str(start), "end": str(end)},
            "improvementNotation": _notation(definition),
            "group": groups,
        }


def _group(
    same: Sequence[PublishedValue], names: Names, figures: Callable[[PublishedValue], dict[str, Any]]
) -> dict[str, Any]:
    """Everybody's figures, with the segments as strata."""
    whole = next((one for one in same if one.segment == ALL), None)
    strata = [{"value": {"text": names.segment(one.segment)}, **figures(one)} for one in same if one.segment != ALL]
    group: dict[str, Any] = {} if whole is None else figures(whole)
    return group | ({"stratifier": [{"code": [{"text": "segment"}], "stratum": strata}]} if strata else {})


def _ratio(one: PublishedValue) -> dict[str, Any]:
    """Observed over expected. What is expected is no whole number and so no count; it is the events over the ratio."""
    shown = {"_count": _absent(one.shown)} if one.numerator is None else {"count": int(one.numerator)}
    score: dict[str, Any] = {"unit": "times as many as expected"}
    score |= {"_value": _absent(one.shown)} if one.ratio is None else {"value": float(one.ratio)}
    return {"population": [{"code": _concept("measure-population", "numerator"), **shown}], "measureScore": score}


def _figures(one: PublishedValue, definition: IndicatorDefinition) -> dict[str, Any]:
    counts = {"numerator": one.numerator, "denominator": one.denominator, "measure-population": one.denominator}
    populations = []
    for code in _POPULATIONS[definition.measure]:
        count = counts[code]
        shown = {"_count": _absent(one.shown)} if count is None else {"count": int(count)}
        populations.append({"code": _concept("measure-population", code), **shown})
    score: dict[str, Any] = {"unit": _unit(definition)}
    if one.value is None:
        score["_value"] = _absent(one.shown)
    else:
        score["value"] = float(one.value)
    return {"population": populations, "measureScore": score}


@cache
def _absent(shown: str) -> dict[str, Any]:
    return {"extension": [{"url": _ABSENT, "valueCode": _REASONS.get(shown, "unknown")}]}


def _unit(definition: IndicatorDefinition) -> str:
    if definition.measure == "rate":
        return f"events per {definition.multiplier:,} person-years"
    return "share of one" if definition.measure == "proportion" else "mean score"


@cache
def _concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": f"{_CODES}/{system}", "code": code}]}


def _notation(definition: IndicatorDefinition) -> dict[str, Any]:
    better = "increase" if definition.direction == "higher is better" else "decrease"
    return _concept("measure-improvement-notation", better)


def _id(name: str) -> str:
    """At most 64 letters, as the standard has it; longer names keep their end, which tells them apart."""
    return name[-64:].lstrip("-")
