"""The agreed whole: everything that a contract's folder says, under one hash."""

from collections.abc import Iterable
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from obc.domain.contract.agreement.agreement import Agreement
from obc.domain.contract.agreement.quality import QualitySchedule
from obc.domain.contract.agreement.schedules import Schedules
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import digest
from obc.domain.measurement.data_quality.rules import EvidenceRules
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.segmentation.segmentation import Segmentation
from obc.domain.money.finance.finance import Finance
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.published import PublishedMapping
from obc.domain.outcomes.adjustment.case_mix import CaseMix
from obc.domain.outcomes.framework.framework import Framework


class Parts(BaseModel):
    """What a contract's folder holds, as far as it can be read.

    None is a file that is absent, or, where `unread` names it, one too wrong to say anything about. `offered`:
    the indicators whose definitions a contract may take without writing its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreement: Agreement | None = None
    framework: Framework | None = None
    segmentation: Segmentation | None = None
    mechanism: Mechanism | None = None
    published: PublishedMapping | None = None
    finance: Finance | None = None
    quality: QualitySchedule | None = None
    schedules: Schedules | None = None
    case_mix: CaseMix | None = None
    evidence: EvidenceRules | None = None
    definitions: tuple[IndicatorDefinition, ...] = ()
    code_lists: tuple[CodeList, ...] = ()
    unread: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of all indicators that a framework or a mechanism may speak of."""
        return tuple(sorted({*self.offered, *(definition.id for definition in self.definitions)}))


class Contract(BaseModel):
    """A version of a contract. Definitions and code lists stand in the order of their ids."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreement: Agreement
    framework: Framework | None = None
    segmentation: Segmentation | None = None
    mechanism: Mechanism | None = None
    published: PublishedMapping | None = None
    finance: Finance | None = None
    quality: QualitySchedule | None = None
    schedules: Schedules | None = None
    case_mix: CaseMix | None = None
    evidence: EvidenceRules | None = None
    definitions: tuple[IndicatorDefinition, ...] = ()
    code_lists: tuple[CodeList, ...] = ()

    @cached_property
    def hash(self) -> str:
        """The digest of its canonical JSON: comments, spacing and the order of files are no part of it."""
        return digest(self.model_dump(by_alias=True, exclude_none=True))

    @cached_property
    def definitions_hash(self) -> str:
        """The digest of how its indicators are measured: definitions, code lists and segments.

        With them what a value is adjusted by, and what its evidence hangs on, where the contract has such rules.
        """
        segmentation = (self.segmentation,) if self.segmentation else ()
        rules = [_plain([one]) for one in (self.case_mix, self.evidence) if one is not None]
        return digest([_plain(self.definitions), _plain(self.code_lists), _plain(segmentation), *rules])

    @property
    def id(self) -> str:
        """The contract's id."""
        return self.agreement.id

    @property
    def years(self) -> tuple[int, ...]:
        """What its years are called, those of a possible extension included; none after it was ended."""
        return self.agreement.term.running_years

    def period(self, year: int) -> Period:
        """The days of a contract year. Raises KeyError outside term and extension."""
        return self.agreement.term.year(year)

    def quarters(self, year: int) -> tuple[Period, ...]:
        """The four quarters of a contract year."""
        return self.agreement.term.quarters(year)

    def definition(self, indicator: str) -> IndicatorDefinition:
        """The definition of an indicator. Raises KeyError where the contract has none of that id."""
        for definition in self.definitions:
            if definition.id == indicator:
                return definition
        raise KeyError(f"no indicator '{indicator}' in the contract '{self.id}'")


def _plain(models: Iterable[BaseModel]) -> list[dict[str, object]]:
    return [model.model_dump(by_alias=True, exclude_none=True) for model in models]
