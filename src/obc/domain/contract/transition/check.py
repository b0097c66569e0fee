"""Whether the transition speaks of contracts, parties, indicators and conditions that there are."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found
from obc.domain.contract.transition.transition import Transition

FILE = "transition.yaml"
_TODAY: tuple[str, At] = ("finance.yaml", ("today",))
_CONDITIONS: tuple[str, At] = ("schedules.yaml", ("conditions precedent",))
_PARTIES: tuple[tuple[str, At], ...] = (("contract.yaml", ("parties",)), ("contract.yaml", ("commissioners",)))


def transition_findings(transition: Transition | None, parts: Parts) -> Iterator[Finding]:
    """Passages of contracts that nobody holds today, and indicators, parties and conditions that are nowhere.

    A contract of today without a passage is missing: the register must show all. `parts` is what the folder holds.
    """
    if transition is None:
        return
    parties = parts.agreement.party_ids if parts.agreement else ()
    indicators = parts.indicators
    today = tuple(one.id for one in parts.finance.today.contracts) if parts.finance and parts.finance.today else ()
    schedules = parts.schedules
    amendments = tuple(one.id for one in transition.amendments)
    for i, amendment in enumerate(transition.amendments):
        for k, indicator in enumerate(amendment.indicators):
            if indicator not in indicators:
                yield _nowhere(("amendments", i, "indicators", k), indicator, "indicator", indicators)
    known = {one.id for one in transition.contracts}
    for name in today:
        if name not in known:
            found, expected = f"nothing of the contract '{name}'", "say what becomes of it"
            yield Finding(
                file=FILE,
                at=("contracts",),
                found=found,
                expected=expected,
                rests_on=((FILE, ("contracts", "*")), _TODAY),
            )
    for i, passage in enumerate(transition.contracts):
        if passage.id not in today:
            yield _nowhere(("contracts", i, "id"), passage.id, "contract of today", today, _TODAY)
        if passage.amendment and passage.amendment not in amendments:
            at: At = ("contracts", i, "amendment")
            yield _nowhere(at, passage.amendment, "amendment", amendments, (FILE, ("amendments", "*")))
        for key in ("from", "to") if passage.staff else ():
            party = getattr(passage.staff, f"{key}_" if key == "from" else key)
            if party not in parties:
                yield _nowhere(("contracts", i, "staff", key), party, "party", parties, *_PARTIES)
    conditions = tuple(one.id for one in schedules.conditions_precedent) if schedules else ()
    for i, preparation in enumerate(transition.mobilisation):
        for k, name in enumerate(preparation.for_):
            if name not in conditions:
                at = ("mobilisation", i, "for", k)
                yield _nowhere(at, name, "condition precedent", conditions, _CONDITIONS)


def _nowhere(at: At, name: str, kind: str, known: tuple[str, ...], *rests_on: tuple[str, At]) -> Finding:
    return not_found(FILE, at, name, kind, known).model_copy(update={"rests_on": ((FILE, at), *rests_on)})
