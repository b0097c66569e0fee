"""Adjusting for the mix of people: fitted, frozen, shown."""

from collections.abc import Callable
from pathlib import Path

from obc.bootstrap.measuring import records_of
from obc.domain.contract.agreement.contract import Contract
from obc.domain.outcomes.adjustment.adjustment import Adjustment
from obc.loaders.case_mix import write_case_mix
from obc.services.adjust import adjust


def adjust_folder(
    contract: Contract,
    folder: Path,
    mapping: str | None,
    *,
    fit_now: bool,
    year: int | None,
    out: Path,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Adjustment, tuple[Path, ...]]:
    """Adjust what a folder of records holds, and write the page and, where models were fitted, `case_mix.yaml`."""
    from obc.reports.adjustment import write_adjustment

    with records_of(contract, folder, mapping) as records:
        found = adjust(contract, records, fit_now=fit_now, year=year, progress=progress)
    models = (write_case_mix(found.fitted, out),) if found.fitted else ()
    return found, (*models, *write_adjustment(found, contract, out))
