"""An assessment as it stands: rules, records, ranking, how sure it is, and the standstill."""

from dataclasses import dataclass

from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.bidders import StrengthMap
from obc.domain.programme.procurement.conflicts import Conflict
from obc.domain.programme.procurement.criteria import Factors
from obc.domain.programme.procurement.law import Process
from obc.domain.programme.procurement.procedure import Procedure
from obc.domain.programme.procurement.ranking import Ranking
from obc.domain.programme.procurement.scores import Checked, Moderated, Score
from obc.domain.programme.procurement.sensitivity import Sensitivity
from obc.domain.programme.procurement.standstill import Waiting


@dataclass(frozen=True)
class AssessmentStanding:
    """Everything there is to say about an assessment."""

    rules: Assessment
    factors: Factors
    process: Process
    course: Procedure
    checks: tuple[Checked, ...]
    scores: tuple[Score, ...]
    moderated: tuple[Moderated, ...]
    ranking: Ranking
    sensitivity: Sensitivity | None
    strength: tuple[StrengthMap, ...]
    waiting: Waiting | None
    conflicts: tuple[Conflict, ...]
