"""What people call the parties and segments that figures name by their ids."""

from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.values import ALL


def parties(contract: Contract) -> dict[str, str]:
    """The names of commissioners and providers, by their ids."""
    agreement = contract.agreement
    return {one.id: one.name for one in (*agreement.commissioners, *agreement.providers)}


def segments(contract: Contract) -> dict[str, str]:
    """The titles of the segments, by their ids; everybody together first."""
    rules = contract.segmentation.segments if contract.segmentation else ()
    return {ALL: "Everybody", **{one.id: one.title for one in rules}}
