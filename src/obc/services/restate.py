"""Restate: what late data or corrections change. A full re-run minus the ledger; nothing is rewritten."""

import json

from pydantic import ValidationError

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.indicators.values import ValueSet
from obc.domain.money.settlement.circumstances import NONE, Circumstances
from obc.domain.money.settlement.ledger import Entry, Ledger
from obc.domain.money.settlement.restatement import restate
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returns
from obc.domain.money.settlement.statement import Statement
from obc.services.settle import Settled, settle_measured


def restate_measured(
    contract: Contract,
    values: ValueSet,
    against: bytes,
    circumstances: Circumstances = NONE,
    returns: Returns = NOTHING_RETURNED,
) -> tuple[Settled, tuple[Entry, ...]]:
    """The years of an earlier statement, settled anew, and the entries that bring its ledger to the new figures.

    Raises `Problems` where `against` is no statement of this contract.
    """
    before = read_statement(against)
    if before.contract != contract.id:
        raise refusal(
            "the statement", "contract", f"a statement of '{before.contract}'", f"give one of '{contract.id}'"
        )
    years = sorted({one.year for one in before.settlements})
    anew = settle_measured(contract, values, years, circumstances, returns=returns)
    ledger = Ledger(entries=tuple(entry for one in before.settlements for entry in one.entries))
    return anew, restate(ledger, anew.settlements)


def read_statement(document: bytes) -> Statement:
    """The statement in a document. Raises `Problems` where it holds none; says nothing about signatures."""
    try:
        return Statement.model_validate_json(document)
    except (ValidationError, json.JSONDecodeError) as error:
        raise refusal(
            "the statement", "the document", "no statement", "give the statement.json that 'obc settle' wrote"
        ) from error
