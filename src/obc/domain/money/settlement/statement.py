"""The statement: one canonical document in which every pound leads back to what it was earned for."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Currency
from obc.domain.core.kernel.provenance import canonical_json, digest
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet
from obc.domain.money.payment.evaluation import Evaluation
from obc.domain.money.payment.trace import Traced, TraceLine, inputs_of, trace
from obc.domain.money.settlement.attribution import Attributed, attributed
from obc.domain.money.settlement.circumstances import NONE, Circumstances
from obc.domain.money.settlement.returns import NOTHING_RETURNED, Returned, Returns
from obc.domain.money.settlement.settlement import Settlement
from obc.domain.outcomes.scoring.scorecard import Scorecard


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DefinitionNamed(_Part):
    """Which version of an indicator's definition."""

    indicator: str
    hash: str


class Account(Settlement):
    """A settlement with its way back: steps, inputs, points, and the indicator values behind the points."""

    earned_by: tuple[Attributed, ...]
    inputs: tuple[Traced, ...]
    steps: tuple[TraceLine, ...]
    scorecard: Scorecard | None
    circumstances: Circumstances = NONE
    returns: tuple[Returned, ...] = ()
    values: tuple[IndicatorValue, ...]
    values_hash: str


class Statement(_Part):
    """What all parties sign. Its canonical JSON is the document; the same inputs give the same bytes.

    `values_hash` is that of all values the settlement was made from; each settlement repeats those that it used, with a
    hash of their own, and what was handed in beside them; `returns_hash` is that of all of this. `records_hash` and
    `definitions_hash` are None where the values were not measured here.
    """

    schema_version: Literal[1] = 1
    contract: str
    contract_title: str
    contract_hash: str
    currency: Currency
    code_version: str
    values_hash: str
    returns_hash: str | None = None
    records_hash: str | None
    definitions_hash: str | None
    definitions: tuple[DefinitionNamed, ...]
    settlements: tuple[Account, ...]

    @cached_property
    def document(self) -> bytes:
        """The bytes that are signed; a statement never changes, so they are written once."""
        return canonical_json(self)


def account(
    settlement: Settlement,
    done: Evaluation,
    i: int = 0,
    scorecard: Scorecard | None = None,
    values: Iterable[IndicatorValue] = (),
    circumstances: Circumstances = NONE,
    returns: Returns = NOTHING_RETURNED,
) -> Account:
    """A settlement with its way back; `i` is its place in the evaluation, `values` those that were scored.

    `circumstances`: the disputes and reliefs that the values are marked with; `returns`: what was handed in.
    """
    used = ValueSet(values=tuple(sorted(values, key=lambda value: value.key)))
    earned = settlement.earned_minor
    return Account(
        **{name: getattr(settlement, name) for name in Settlement.model_fields},
        earned_by=attributed(earned, scorecard) if scorecard and earned else (),
        inputs=inputs_of(done, i),
        steps=trace(done, i),
        scorecard=scorecard,
        circumstances=circumstances,
        returns=returns.of_year(settlement.year).figures,
        values=used.values,
        values_hash=used.hash,
    )


def state(
    settlements: Iterable[Account],
    *,
    contract: str,
    contract_title: str,
    contract_hash: str,
    currency: str,
    code_version: str,
    values: ValueSet | str,
    definitions: Mapping[str, str] | None = None,
    returns: Returns = NOTHING_RETURNED,
) -> Statement:
    """The statement of some settlements under one version of a contract.

    `values`: the values they were settled from, or the hash of the published file; `returns`: what was handed in beside
    them. `definitions`: the hash of each
    indicator's definition, by id; those are kept that the settlements' values speak of.
    """
    listed = tuple(settlements)
    used = {value.indicator for one in listed for value in one.values}
    measured = values if isinstance(values, ValueSet) else None
    return Statement(
        contract=contract,
        contract_title=contract_title,
        contract_hash=contract_hash,
        currency=currency,
        code_version=code_version,
        values_hash=values if isinstance(values, str) else values.hash,
        returns_hash=returns.hash if returns.figures else None,
        records_hash=measured.records_hash if measured else None,
        definitions_hash=measured.definitions_hash if measured else None,
        definitions=tuple(
            DefinitionNamed(indicator=name, hash=hash_)
            for name, hash_ in sorted((definitions or {}).items())
            if name in used
        ),
        settlements=listed,
    )


def statement_hash(document: bytes) -> str:
    """The hash by which a statement is known."""
    return digest(document)
