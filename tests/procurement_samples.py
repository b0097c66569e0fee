"""A small assessment: two bidders, two factors, three assessors; and people who act on it."""

from datetime import date

from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems
from obc.domain.programme.procurement.assessment import Assessment
from obc.domain.programme.procurement.criteria import Factors
from obc.domain.programme.procurement.scores import Checked, Moderated, Score

ANCHORS = [{"score": n, "means": word} for n, word in enumerate(("nothing", "little", "half", "most", "all"))]
SCORERS = ["ann", "ben"]


def factors(*names: str) -> Factors:
    """Success factors of those names."""
    rows = [
        {"id": name, "title": name.capitalize(), "kind": "success factor", "means": "…", "source": "invented"}
        for name in names
    ]
    return Factors.model_validate({"id": "small", "title": "Small", "factors": rows})


def rules(weights: dict[str, str] | None = None, **changed: object) -> Assessment:
    """An assessment with one question `q-FACTOR` a factor; `weights` by factor."""
    weights = weights or {"care": "60 %", "cost": "40 %"}
    criteria = [
        {"factor": name, "weight": weight, "questions": [{"id": f"q-{name}", "asks": f"{name}?", "scored by": SCORERS}]}
        for name, weight in weights.items()
    ]
    bidders = [
        {
            "id": name,
            "name": name.capitalize(),
            "source": "invented",
            "members": [{"id": f"{name}-trust", "name": f"{name.capitalize()} Trust", "services": ["beds"]}],
        }
        for name in ("east", "west")
    ]
    given = {
        "id": "small",
        "title": "Small",
        "contract": "small",
        "process": "competitive-process",
        "begins": "2027-01-11",
        "buyer": {"id": "buyer", "name": "Buyer"},
        "offered": {
            "id": "small",
            "title": "Small",
            "summary": "Small",
            "value": "1_000_000",
            "currency": "GBP",
            "starts": "2028-04-01",
            "ends": "2033-03-31",
            "code": "85100000",
            "code means": "Health services",
            "source": "invented",
        },
        "ocid prefix": "ocds-000000",
        "anchors": ANCHORS,
        "criteria": criteria,
        "items": [{"id": "able", "title": "Able", "asks": "Able?", "source": "invented"}],
        "tie break": [next(iter(weights))],
        "services": [{"id": "beds", "title": "Beds"}],
        "moderator": "mod",
        "decides": "dee",
        "bidders": bidders,
        "source": "invented",
    }
    return Assessment.model_validate(given | changed)


def person(name: str, *roles: str, organisation: str = "buyer", interest: str | None = None) -> Person:
    """Somebody with roles, and perhaps an interest in something."""
    interests = [{"in": interest, "what": "shareholder", "declared": date(2026, 1, 1)}] if interest else []
    return Person.model_validate(
        {"id": name, "name": name, "organisation": organisation, "roles": roles, "interests": interests}
    )


def score(bidder: str, factor: str, by: str, points: int, **changed: object) -> Score:
    """A score with evidence and a reason."""
    given = {"bidder": bidder, "question": f"q-{factor}", "by": by, "score": points}
    return Score.model_validate(given | {"evidence": "offer, page 1", "because": "half of it"} | changed)


def agreed(scores: dict[str, dict[str, int]], because: str = "all agree") -> list[Moderated]:
    """Moderated scores by bidder and factor."""
    return [
        Moderated.model_validate({"bidder": bidder, "question": f"q-{name}", "score": points, "because": because})
        for bidder, row in scores.items()
        for name, points in row.items()
    ]


def passed(*bidders: str, failed: str = "") -> list[Checked]:
    """Checks of the one item: passed by those named, failed by one."""
    return [
        Checked.model_validate({"bidder": name, "item": "able", "result": result, "evidence": "looked up"})
        for name, result in [*((one, "pass") for one in bidders), *([(failed, "fail")] if failed else [])]
    ]


def refused(call: object, *args: object, **named: object) -> str:
    """What a call that must be refused says; an error where it is not refused."""
    try:
        call(*args, **named)  # type: ignore[operator]
    except Problems as error:
        return str(error)
    raise AssertionError("it was not refused")
