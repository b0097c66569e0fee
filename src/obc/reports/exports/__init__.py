"""Exports: the published values in the forms that others read."""

from collections.abc import Sequence
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.outcomes.publication.published import PublishedValue
from obc.domain.outcomes.publication.suppression import PROFILES
from obc.reports.exports.fhir import fhir_bundle
from obc.reports.exports.fingertips import fingertips_csv
from obc.reports.exports.material import Material
from obc.reports.exports.tidy import published_workbook, tidy_csv
from obc.reports.filing import file_all


def write_export(
    contract: Contract, shown: Sequence[PublishedValue], profile: str, form: str, base: str, out: Path
) -> Path:
    """Write one file: `csv`, `fhir`, `fingertips` or `xlsx`; whole or not at all. Raises KeyError for another form."""
    material = Material(contract, tuple(shown), PROFILES[profile])
    make = {
        "csv": lambda: tidy_csv(material),
        "fhir": lambda: fhir_bundle(material, base.rstrip("/")),
        "fingertips": lambda: fingertips_csv(material),
        "xlsx": lambda: published_workbook(material),
    }[form]
    return file_all(out.parent, {out.name: make()})[0]
