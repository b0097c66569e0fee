"""No market activity until the service review is decided; no contract before the ten headings are completed."""

from datetime import date

import pytest

from obc.domain.programme.procurement.law import LegalFacts, read_law
from obc.domain.programme.procurement.local_variation import LocalVariation, Shown, completed, missing, published
from obc.domain.programme.procurement.route_choice import (
    AGREED,
    MARKET,
    NEGOTIATION,
    PREPARING,
    REVIEW,
    ROUTE,
    SECOND_HALF,
    Activity,
    RouteState,
    activity,
    agreed,
    chosen,
    moved,
)
from obc.loaders.procurement import headings_of_local_variation, procurement_law
from procurement_samples import person, refused

CHAIR, DIRECTOR = person("cat", "chair"), person("dan", "programme director")


def law(**answers: str):
    named = {key.replace("_", "-"): value for key, value in answers.items()}
    return read_law(
        procurement_law(), LegalFacts.model_validate({"services": "health", "begins": "2013-11-28", "answers": named})
    )


@pytest.mark.parametrize(
    ("state", "preparation", "market"),
    [
        ("not decided", False, False),
        (REVIEW, False, False),
        (SECOND_HALF, False, False),
        (PREPARING, True, False),
        (NEGOTIATION, False, False),
        (MARKET, True, True),
        (AGREED, False, False),
    ],
)
def test_what_may_be_done_towards_the_market(state, preparation, market):
    for kind, allowed in (("preparation", preparation), ("market", market)):
        done = Activity(id="day", kind=kind, what="an event for providers", on=date(2014, 2, 3))
        if allowed:
            assert activity(RouteState(state=state), done) == done
        else:
            assert f"while the route is {state}" in refused(activity, RouteState(state=state), done)


def test_the_twin_track_opens_only_where_the_mid_point_raised_concerns():
    assert ROUTE.verbs(REVIEW) == ("pass the mid-point", "raise concerns")
    review = RouteState(state=REVIEW)
    assert moved(review, "raise concerns", DIRECTOR).state == PREPARING
    assert moved(review, "pass the mid-point", DIRECTOR).state == SECOND_HALF
    assert "'decide for the market' while it is service review" in refused(
        moved, review, "decide for the market", CHAIR
    )


@pytest.mark.parametrize("half", [SECOND_HALF, PREPARING])
def test_the_mid_point_decides_nothing_beforehand(half):
    assert ROUTE.verbs(half) == ("decide for the providers", "decide for the market")


def test_a_route_is_chosen_under_a_process_that_the_law_opens():
    start = RouteState()
    assert "name one" in refused(chosen, start, "choose the review", CHAIR, law(), None, None)
    assert "does not have" in refused(chosen, start, "choose the market", CHAIR, law(), "direct-award-a", None)
    closed = law(detailed_review="no")
    assert "which is closed" in refused(chosen, start, "choose the review", CHAIR, closed, "review-of-services", "x")
    doubtful = refused(chosen, start, "choose the review", CHAIR, law(), "review-of-services", " ")
    assert "name the legal advice" in doubtful
    advised = chosen(start, "choose the review", CHAIR, law(), "review-of-services", "note of counsel, 1 November")
    assert (advised.state, advised.legal_advice) == (REVIEW, "note of counsel, 1 November")
    opened = chosen(start, "choose the review", CHAIR, law(detailed_review="yes"), "review-of-services", None)
    assert opened.process == "review-of-services"


def test_only_the_governing_body_chooses():
    said = refused(chosen, RouteState(), "choose the market", DIRECTOR, law(), "advertised", None)
    assert "it is for chair or accountable officer to do" in said


def test_there_are_ten_headings_under_three_areas():
    headings = headings_of_local_variation().headings
    areas = [heading.area for heading in headings]
    assert len(headings) == 10
    assert {area: areas.count(area) for area in areas} == {
        "patients' interests": 4,
        "transparency": 2,
        "constructive engagement": 4,
    }


def filled(*but: str) -> LocalVariation:
    """The evidence with every heading completed, but those."""
    variation = LocalVariation()
    for heading in headings_of_local_variation().headings:
        if heading.id not in but:
            shown = Shown(heading=heading.id, says="shown", evidence=("a paper",), source="invented")
            variation = completed(variation, headings_of_local_variation(), shown, DIRECTOR)
    return variation


def test_no_contract_is_agreed_while_a_heading_is_open():
    headings, route = headings_of_local_variation(), RouteState(state=NEGOTIATION)
    said = refused(agreed, route, CHAIR, headings, filled("quality", "objectives"))
    assert said.count("nothing said under it") == 2
    assert agreed(route, CHAIR, headings, filled()).state == AGREED


def test_the_evidence_is_published_with_the_contract():
    headings, whole = headings_of_local_variation(), filled()
    assert missing(headings, whole) == ()
    day = date(2014, 9, 30)
    early = refused(published, whole, headings, DIRECTOR, day, "https://example.org", False)
    assert "agree the contract first" in early
    assert "say where it can be read" in refused(published, whole, headings, DIRECTOR, day, " ", True)
    assert "nothing said" in refused(published, filled("quality"), headings, DIRECTOR, day, "https://example.org", True)
    done = published(whole, headings, DIRECTOR, day, "https://example.org", True)
    assert (done.state, done.published, done.where) == ("published", day, "https://example.org")
    again = Shown(heading="quality", says="else", evidence=("a paper",), source="invented")
    assert "while it is published" in refused(completed, done, headings, again, DIRECTOR)


def test_a_heading_says_something_and_names_its_evidence():
    headings = headings_of_local_variation()
    blank = Shown(heading="quality", says=" ", evidence=("a paper",), source="invented")
    assert "nothing said" in refused(completed, LocalVariation(), headings, blank, DIRECTOR)
    other = Shown(heading="price", says="x", evidence=("a paper",), source="invented")
    assert "no heading 'price'" in refused(completed, LocalVariation(), headings, other, DIRECTOR)
