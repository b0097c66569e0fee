"""An assessment as published in the Open Contracting Data Standard, release 1.1: one release in its package.

Only what is public goes in: the criteria from the day they are published, the chosen bidder from the day of the notice.
No score, no reason and no bidder that was not chosen is ever in it.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from obc.domain.core.kernel.problem import refusal
from obc.domain.programme.procurement.assessment_standing import AssessmentStanding
from obc.domain.programme.procurement.bidders import Bidder
from obc.domain.programme.procurement.procedure import ABANDONED, AWARDED, PREPARED
from obc.reports.wording import day, shortest

VERSION = "1.1"
_TENDER_STATUS = {AWARDED: "complete", ABANDONED: "cancelled"}


def ocds_package(standing: AssessmentStanding, base: str) -> bytes:
    """The release package as JSON. `base`: the address under which it is published.

    Raises `Problems` before the criteria are published: until then nothing is public.
    """
    made = release(standing)
    package = {
        "uri": f"{base.rstrip('/')}/{made['id']}.json",
        "version": VERSION,
        "publishedDate": made["date"],
        "publisher": {"name": standing.rules.buyer.name},
        "releases": [made],
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


def release(standing: AssessmentStanding) -> dict[str, Any]:
    """The release for the state that the assessment is in. Raises `Problems`."""
    rules, course = standing.rules, standing.course
    if course.state == PREPARED or course.published is None:
        raise refusal("assessment", "ocds", "nothing that is public yet", "publish the criteria first")
    chosen = rules.bidder(course.winner) if course.notice and course.winner else None
    last = course.awarded or _last(course.decisions) or course.notice or course.published
    ocid, tags = f"{rules.ocid_prefix}-{rules.id}", _tags(standing, chosen)
    buyer = {"id": rules.buyer.id, "name": rules.buyer.name}
    made: dict[str, Any] = {
        "ocid": ocid,
        "id": f"{ocid}-{last.isoformat()}-{tags[-1]}",
        "date": _moment(last),
        "tag": tags,
        "initiationType": "tender",
        "language": "en",
        "parties": [{**buyer, "roles": ["buyer", "procuringEntity"]}, *_suppliers(chosen)],
        "buyer": buyer,
        "tender": _tender(standing, chosen),
    }
    if chosen:
        made["awards"] = [_award(standing, chosen)]
    if course.awarded:
        made["contracts"] = [_contract(standing)]
    return made


def _last(decisions: tuple[Any, ...]) -> date | None:
    return decisions[-1].on if decisions else None


def _tags(standing: AssessmentStanding, chosen: Bidder | None) -> list[str]:
    if standing.course.state == ABANDONED:
        return ["tenderCancellation"]
    if standing.course.awarded:
        return ["award", "contract"]
    return ["award"] if chosen else ["tender"]


def _suppliers(chosen: Bidder | None) -> Iterator[dict[str, Any]]:
    for member in chosen.members if chosen else ():
        yield {"id": member.id, "name": member.name, "roles": ["tenderer", "supplier"]}


def _tender(standing: AssessmentStanding, chosen: Bidder | None) -> dict[str, Any]:
    rules, course, process = standing.rules, standing.course, standing.process
    weights = "; ".join(
        f"{standing.factors.named(one.factor).title} {shortest(one.weight * 100)}%" for one in rules.criteria
    )
    assert course.published is not None
    made: dict[str, Any] = {
        "id": rules.id,
        "title": rules.offered.title,
        "description": rules.offered.summary,
        "status": _TENDER_STATUS.get(course.state, "active"),
        "procuringEntity": {"id": rules.buyer.id, "name": rules.buyer.name},
        "items": [_item(standing)],
        "value": _value(standing),
        "procurementMethod": process.method,
        "procurementMethodDetails": f"{process.title} ({process.regulation})",
        "mainProcurementCategory": "services",
        "awardCriteria": "ratedCriteria",
        "awardCriteriaDetails": weights,
        "eligibilityCriteria": "; ".join(item.title for item in rules.items),
        "numberOfTenderers": len(rules.bidders),
        "contractPeriod": _period(standing),
    }
    if standing.waiting and chosen:
        made["milestones"] = [_standstill(standing)]
    return made


def _standstill(standing: AssessmentStanding) -> dict[str, Any]:
    wait = standing.waiting
    assert wait is not None
    made = {
        "id": "standstill",
        "title": "Standstill",
        "type": "approval",
        "description": f"{wait.regulation}. Representations until midnight on {day(wait.representations_until)}.",
        "status": "met" if standing.course.awarded else "scheduled",
    }
    return made | ({"dueDate": _moment(wait.ends)} if wait.ends else {})


def _item(standing: AssessmentStanding) -> dict[str, Any]:
    offered = standing.rules.offered
    code = {"scheme": "CPV", "id": offered.code, "description": offered.code_means}
    return {"id": offered.id, "description": offered.title, "classification": code}


def _award(standing: AssessmentStanding, chosen: Bidder) -> dict[str, Any]:
    course = standing.course
    decided = course.awarded or course.notice
    assert decided is not None
    status = "cancelled" if course.state == ABANDONED else "active" if course.awarded else "pending"
    return {
        "id": f"{standing.rules.id}-award",
        "title": f"Award to {chosen.name}",
        "status": status,
        "date": _moment(decided),
        "value": _value(standing),
        "suppliers": [{"id": member.id, "name": member.name} for member in chosen.members],
        "contractPeriod": _period(standing),
    }


def _contract(standing: AssessmentStanding) -> dict[str, Any]:
    return {
        "id": standing.rules.offered.id,
        "awardID": f"{standing.rules.id}-award",
        "title": standing.rules.offered.title,
        "status": "pending",
        "period": _period(standing),
        "value": _value(standing),
    }


def _value(standing: AssessmentStanding) -> dict[str, Any]:
    """The lifetime value in whole major units, as the standard has amounts."""
    return {"amount": int(standing.rules.offered.value), "currency": standing.rules.offered.currency}


def _period(standing: AssessmentStanding) -> dict[str, str]:
    offered = standing.rules.offered
    return {"startDate": _moment(offered.starts), "endDate": f"{offered.ends.isoformat()}T23:59:59Z"}


def _moment(when: date) -> str:
    return f"{when.isoformat()}T00:00:00Z"
