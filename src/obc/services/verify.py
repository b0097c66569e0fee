"""Verify: whether a statement holds together and whose it is. Offline."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.contract.workflow.keys import Holds, KeyHistory, Term, day_of, key_on, terms, why_not
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
    vouched_by: str = ""
    """The key of the installation that vouches for the history of keys; none where there is no history."""


def verify(
    document: bytes,
    signatures: Mapping[str, bytes],
    contract: Contract,
    check: Signatures,
    history: KeyHistory | None = None,
    holds: Holds | None = None,
) -> Verdict:
    """Check figures, contract version and signatures of a statement; all reasons against it at once.

    `history`: the keys of the parties since those that the contract lists; `holds` checks the rotations in it.
    """
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
    keys = {one.party: one.public_key for one in contract.agreement.signatories}
    if history is not None and holds is not None:
        refused = _by_history(document, signatures, keys, check, history, holds)
        if history.contract != contract.id:
            refused = (f"keys.json: the keys of '{history.contract}', not of '{contract.id}'", *refused)
    else:
        refused = check(document, signatures, keys)
    return Verdict(statement_hash(document), () if refused else tuple(keys), (*reasons, *refused))


def _by_history(
    document: bytes,
    signatures: Mapping[str, bytes],
    roots: Mapping[str, str],
    check: Signatures,
    history: KeyHistory,
    holds: Holds,
) -> tuple[str, ...]:
    """Each signature against the key that was in force on the day that counts for it."""
    reasons: list[str] = []
    keys: dict[str, str] = {}
    for party, root in roots.items():
        known = terms(root, party, history.contract, history.keys, holds)
        keys[party] = key_on(known, history.as_of) or root
        for name, content in signatures.items():
            made_with = next(
                (one.public_key for one in known if not _wrong(document, content, party, one, check)), None
            )
            if made_with is not None:
                day, keys[party] = day_of(history, content), made_with
                if made_with != key_on(known, day):
                    reasons.append(f"{name}: {why_not(known, day, made_with)}")
    return (*reasons, *check(document, signatures, keys))


def _wrong(document: bytes, content: bytes, party: str, one: Term, check: Signatures) -> bool:
    """Whether a signature is not one that a party made with a key."""
    return bool(check(document, {party: content}, {party: one.public_key}))
