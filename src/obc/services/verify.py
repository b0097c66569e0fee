"""Verify: whether a statement holds together and whose it is. Offline."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.money.settlement.replay import deviations
from obc.domain.money.settlement.statement import Statement, statement_hash
from obc.domain.money.settlement.verification import faults


class Signatures(Protocol):
    """Checks detached signatures over raw bytes."""

    def __call__(self, document: bytes, signatures: Mapping[str, bytes], keys: Mapping[str, str]) -> tuple[str, ...]:
        """Why they do not hold; nothing where every party of `keys` has signed these bytes."""
        ...


class Verdict(NamedTuple):
    """What was found. `reasons` is empty where the statement is accepted."""

    statement_hash: str
    signed_by: tuple[str, ...]
    reasons: tuple[str, ...]


def verify(document: bytes, signatures: Mapping[str, bytes], contract: Contract, check: Signatures) -> Verdict:
    """Check figures, contract version and signatures of a statement; all reasons against it at once."""
    keys = {one.party: one.public_key for one in contract.agreement.signatories}
    reasons = list(faults(document))
    if not reasons:
        statement = Statement.model_validate_json(document)
        if (statement.contract, statement.contract_hash) != (contract.id, contract.hash):
            reasons.append(
                f"it settles {statement.contract} {statement.contract_hash}, but the contract at hand is "
                f"{contract.id} {contract.hash}: give the version that was settled with --contract"
            )
        elif contract.mechanism is not None:
            directions = {definition.id: definition.direction for definition in contract.definitions}
            days = contract_years(contract.agreement)
            reasons += deviations(statement, contract.mechanism, contract.framework, directions, contract.period, days)
    refused = check(document, signatures, keys)
    return Verdict(statement_hash(document), () if refused else tuple(keys), (*reasons, *refused))
