"""The case for change, worked out: every figure that a business case shows comes from here."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.rate import Exact
from obc.domain.money.finance.amount import label
from obc.domain.money.finance.capitation import CapitatedBudget, capitated
from obc.domain.money.finance.existing import Arrangements
from obc.domain.money.finance.finance import Finance
from obc.domain.money.finance.printed import PrintedCheck
from obc.domain.money.finance.projection import Projection, printed_check, projected
from obc.domain.money.finance.provider_view import ProvidersView, providers_view
from obc.domain.money.finance.sensitivity import Sensitivity, sensitivity
from obc.domain.money.finance.simulation import RUNS, SEED, Simulation, simulated
from obc.domain.money.finance.unrounded import UnroundedBase, unrounded_base
from obc.domain.programme.case_for_change.appraisal import AppraisalResult, appraised
from obc.domain.programme.case_for_change.case_file import CaseFile
from obc.domain.programme.case_for_change.comparison import Compared, compared
from obc.domain.programme.case_for_change.interventions import Valued, valued
from obc.domain.programme.case_for_change.ledger import Ledger, ledger
from obc.domain.programme.case_for_change.literature import Benchmark, benchmark
from obc.domain.programme.case_for_change.measures import Audit, audit
from obc.domain.programme.case_for_change.need import Prevalence, Problem, Variation, variation
from obc.domain.programme.case_for_change.questions import Checklist, checklist
from obc.domain.programme.case_for_change.savings_view import SavingsView, savings_view


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EnvelopeLine(_Result):
    """What the contract may cost in a year (minor units)."""

    year: str
    envelope_minor: int


class Today(_Result):
    """How care is contracted today. `concentration`: the Herfindahl index of contracts by provider."""

    contracts: int
    providers: int
    contracts_stated: int
    providers_stated: int
    ends: date
    notice_by: date
    concentration: Exact


class Need(_Result):
    """The case that is not money."""

    prevalence: tuple[Prevalence, ...]
    variation: Variation | None
    problems: tuple[Problem, ...]


class Case(_Result):
    """A case for change. Amounts are minor units of `currency`; `options` come cheapest first."""

    contract: str
    title: str
    currency: str
    options: tuple[Compared, ...]
    projection: Projection
    services: Ledger
    envelope: tuple[EnvelopeLine, ...]
    printed: PrintedCheck
    unrounded_base: UnroundedBase | None
    today: Today | None
    need: Need
    measures: Audit
    savings: SavingsView
    literature: Benchmark | None
    interventions: tuple[Valued, ...]
    capitation: CapitatedBudget | None
    providers: ProvidersView | None
    simulation: Simulation | None
    sensitivity: Sensitivity
    appraisal: AppraisalResult | None
    questions: Checklist


FIGURES = tuple(Case.model_fields)
"""What an answer to a question can rest on."""

_BARE = CaseFile()


def worked_out(
    contract: str,
    title: str,
    currency: str,
    finance: Finance,
    file: CaseFile | None,
    runs: int = RUNS,
    seed: int = SEED,
) -> Case:
    """The case that a finance file makes, with what a case file adds to it. Without ranges nothing is simulated."""
    projection = projected(finance)
    options = compared(projection)
    said = file or _BARE
    envelopes = zip(finance.all_years, finance.envelopes(), strict=True)
    return Case(
        contract=contract,
        title=title,
        currency=currency,
        options=options,
        projection=projection,
        services=ledger(finance),
        envelope=tuple(EnvelopeLine(year=label(year), envelope_minor=amount) for year, amount in envelopes),
        printed=printed_check(finance, projection),
        unrounded_base=unrounded_base(finance),
        today=_today(finance.today) if finance.today else None,
        need=Need(
            prevalence=said.prevalence,
            variation=variation(said.practices) if said.practices else None,
            problems=said.problems,
        ),
        measures=audit(said.measures),
        savings=savings_view(finance),
        literature=benchmark(said.literature) if said.literature else None,
        interventions=valued(said.interventions) if said.interventions else (),
        capitation=(
            capitated(finance.capitation, finance.in_scope, finance.base_year, finance.years)
            if finance.capitation
            else None
        ),
        providers=providers_view(finance.providers, finance) if finance.providers else None,
        simulation=simulated(finance, runs, seed) if finance.ranges else None,
        sensitivity=sensitivity(finance),
        appraisal=appraised(said.appraisal, options) if said.appraisal else None,
        questions=checklist(said.questions),
    )


def _today(given: Arrangements) -> Today:
    return Today(
        contracts=len(given.contracts),
        providers=len(given.providers),
        contracts_stated=given.contracts_stated,
        providers_stated=given.providers_stated,
        ends=given.ends,
        notice_by=given.notice_by,
        concentration=given.concentration,
    )
