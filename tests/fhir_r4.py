"""What the pages of HL7 FHIR 4.0.1 print of Bundle, Measure and MeasureReport, for as much as obc may write of them.

Written by hand, from knowledge of R4 4.0.1, after https://hl7.org/fhir/R4/{bundle,measure,measurereport,
metadatatypes,datatypes}.html: elements with cardinality and type, required bindings, and the invariants that concern
them. An element that is not here is refused.
It is no validator: terminologies beyond the codes below and profiles are not checked.
"""

import re
from collections.abc import Iterator
from typing import Any

ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
URI = re.compile(r"(https?://|urn:)\S+")

CODES = {
    "publication-status": {"draft", "active", "retired", "unknown"},
    "measure-report-status": {"complete", "pending", "error"},
    "measure-report-type": {"individual", "subject-list", "summary", "data-collection"},
    "bundle-type": {
        "document",
        "message",
        "transaction",
        "transaction-response",
        "batch",
        "batch-response",
        "history",
        "searchset",
        "collection",
    },
    "data-absent-reason": {"unknown", "asked-unknown", "temp-unknown", "not-asked", "asked-declined", "masked"}
    | {"not-applicable", "unsupported", "as-text", "error", "not-a-number", "not-performed", "not-permitted"},
}
"""Required bindings."""

SYSTEMS = {
    "measure-scoring": {"proportion", "ratio", "continuous-variable", "cohort"},
    "measure-population": {"initial-population", "numerator", "numerator-exclusion", "denominator"}
    | {"denominator-exclusion", "denominator-exception", "measure-population", "measure-population-exclusion"}
    | {"measure-observation"},
    "measure-improvement-notation": {"increase", "decrease"},
}
"""Code systems at terminology.hl7.org, and their codes."""

TYPES: dict[str, dict[str, tuple[str, str]]] = {
    "Bundle": {"resourceType": ("1", "literal"), "type": ("1", "bundle-type"), "entry": ("*", "Entry")},
    "Entry": {"fullUrl": ("?", "uri"), "resource": ("?", "Resource")},
    "Measure": {
        "resourceType": ("1", "literal"),
        "id": ("?", "id"),
        "url": ("?", "uri"),
        "name": ("?", "string"),
        "title": ("?", "string"),
        "status": ("1", "publication-status"),
        "publisher": ("?", "string"),
        "description": ("?", "string"),
        "purpose": ("?", "string"),
        "scoring": ("?", "measure-scoring"),
        "improvementNotation": ("?", "measure-improvement-notation"),
        "group": ("*", "MeasureGroup"),
    },
    "MeasureGroup": {
        "code": ("?", "CodeableConcept"),
        "population": ("*", "MeasurePopulation"),
        "stratifier": ("*", "MeasureStratifier"),
    },
    "MeasurePopulation": {"code": ("?", "measure-population"), "criteria": ("1", "Expression")},
    "MeasureStratifier": {"code": ("?", "CodeableConcept")},
    "Expression": {"language": ("1", "string"), "expression": ("?", "string")},
    "MeasureReport": {
        "resourceType": ("1", "literal"),
        "id": ("?", "id"),
        "identifier": ("*", "Identifier"),
        "status": ("1", "measure-report-status"),
        "type": ("1", "measure-report-type"),
        "measure": ("1", "uri"),
        "reporter": ("?", "Reference"),
        "period": ("1", "Period"),
        "improvementNotation": ("?", "measure-improvement-notation"),
        "group": ("*", "ReportGroup"),
    },
    "ReportGroup": {
        "code": ("?", "CodeableConcept"),
        "population": ("*", "ReportPopulation"),
        "measureScore": ("?", "Quantity"),
        "stratifier": ("*", "ReportStratifier"),
    },
    "ReportPopulation": {"code": ("?", "measure-population"), "count": ("?", "integer"), "_count": ("?", "Element")},
    "ReportStratifier": {"code": ("*", "CodeableConcept"), "stratum": ("*", "Stratum")},
    "Stratum": {
        "value": ("?", "CodeableConcept"),
        "population": ("*", "ReportPopulation"),
        "measureScore": ("?", "Quantity"),
    },
    "Quantity": {"value": ("?", "decimal"), "_value": ("?", "Element"), "unit": ("?", "string")},
    "Identifier": {"value": ("?", "string")},
    "Reference": {"display": ("?", "string")},
    "Period": {"start": ("?", "dateTime"), "end": ("?", "dateTime")},
    "Element": {"extension": ("*", "Extension")},
    "Extension": {"url": ("1", "uri"), "valueCode": ("?", "data-absent-reason")},
    "CodeableConcept": {"coding": ("*", "Coding"), "text": ("?", "string")},
    "Coding": {"system": ("?", "uri"), "code": ("?", "string")},
}


def faults(bundle: dict[str, Any]) -> list[str]:
    """Everything in a bundle that the pages do not allow, with its place."""
    return [*_faults(bundle, "Bundle", "Bundle"), *_across(bundle)]


def _faults(node: Any, kind: str, at: str) -> Iterator[str]:
    if kind == "Resource":
        kind = node.get("resourceType", "?")
    if kind in SYSTEMS:
        yield from _faults(node, "CodeableConcept", at)
        (coding,) = node["coding"]
        if not coding["system"].endswith(f"/{kind}") or coding["code"] not in SYSTEMS[kind]:
            yield f"{at}: {coding} is not of {kind}"
    elif kind in TYPES:
        yield from _elements(node, TYPES[kind], at)
        yield from _invariants(node, kind, at)
    elif not _primitive(node, kind):
        yield f"{at}: {node!r} is no {kind}"


def _elements(node: Any, known: dict[str, tuple[str, str]], at: str) -> Iterator[str]:
    if not isinstance(node, dict) or not node:
        yield f"{at}: an element is an object with something in it"
        return
    yield from (f"{at}.{name}: no such element" for name in node.keys() - known.keys())
    for name, (many, kind) in known.items():
        if name not in node:
            if many == "1":
                yield f"{at}.{name}: must be there"
        elif many != "*":
            yield from _faults(node[name], kind, f"{at}.{name}")
        elif not isinstance(node[name], list) or not node[name]:
            yield f"{at}.{name}: a list with something in it"
        else:
            for i, one in enumerate(node[name]):
                yield from _faults(one, kind, f"{at}.{name}[{i}]")


def _primitive(node: Any, kind: str) -> bool:
    match kind:
        case "integer":
            return isinstance(node, int) and not isinstance(node, bool)
        case "decimal":
            return isinstance(node, int | float) and not isinstance(node, bool)
        case "uri":
            return isinstance(node, str) and bool(URI.fullmatch(node))
        case "id":
            return isinstance(node, str) and bool(ID.fullmatch(node))
        case "dateTime":
            return isinstance(node, str) and bool(DATE.fullmatch(node))
        case "literal" | "string":
            return isinstance(node, str) and bool(node.strip())
        case _:
            return node in CODES[kind]


def _invariants(node: dict[str, Any], kind: str, at: str) -> Iterator[str]:
    """mea-0, per-1, and that a value and its absence never stand together."""
    if kind == "Measure" and not re.fullmatch(r"[A-Z]([A-Za-z0-9_]){0,254}", node.get("name", "A")):
        yield f"{at}.name: mea-0, a name for machines"
    if kind == "Period" and node.get("start", "") > node.get("end", "9"):
        yield f"{at}: per-1, it ends before it starts"
    if kind in ("ReportPopulation", "Quantity"):
        name = "count" if kind == "ReportPopulation" else "value"
        if (name in node) == (f"_{name}" in node):
            yield f"{at}: a {name}, or the reason why there is none"


def _across(bundle: dict[str, Any]) -> Iterator[str]:
    """bdl-7, and that a report's measure is in the bundle and has its groups and populations."""
    entries = bundle["entry"]
    urls = [entry["fullUrl"] for entry in entries]
    yield from (f"bdl-7: {url} twice" for url in {url for url in urls if urls.count(url) > 1} if len(urls) < 5_000)
    measures = {entry["resource"]["url"]: entry["resource"] for entry in entries if "url" in entry["resource"]}
    for entry in entries:
        one = entry["resource"]
        if not entry["fullUrl"].endswith(f"/{one['resourceType']}/{one['id']}"):
            yield f"{entry['fullUrl']}: is not that of {one['id']}"
        if one["resourceType"] != "MeasureReport":
            continue
        if one["measure"] not in measures:
            yield f"{one['id']}: its measure {one['measure']} is not in the bundle"
            continue
        asked = [_asked(group) for group in measures[one["measure"]]["group"]]
        given = [_asked(part) for group in one["group"] for part in [group, *_strata(group)] if "population" in part]
        yield from (
            f"{one['id']}: populations {codes} that its measure has not" for codes in given if codes not in asked
        )


def _strata(group: dict[str, Any]) -> list[dict[str, Any]]:
    return [stratum for stratifier in group.get("stratifier", ()) for stratum in stratifier["stratum"]]


def _asked(group: dict[str, Any]) -> tuple[str, ...]:
    return tuple(population["code"]["coding"][0]["code"] for population in group["population"])
