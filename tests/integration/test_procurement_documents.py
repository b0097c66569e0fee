"""Documents on routes and awards in states that the worked programme is not in."""

from dataclasses import replace
from datetime import date

from obc.bootstrap.procuring import assessment_book, route_book
from obc.domain.programme.procurement.local_variation import LocalVariation
from obc.domain.programme.procurement.procedure import ABANDONED
from obc.domain.programme.procurement.ranking import Ranking
from obc.domain.programme.procurement.route_choice import MARKET, Activity, RouteState
from obc.reports.award_report import award_report
from obc.reports.document import Document, Grid, Items, Note, Paragraph, blocks_of, said
from obc.reports.exports.ocds import release
from obc.reports.local_variation import local_variation
from obc.reports.route_document import route_document


def words(document: Document) -> str:
    """Everything a document says, table cells too."""
    found = []
    for block in blocks_of(document):
        match block:
            case Paragraph() | Note():
                found.append(said(block.words))
            case Items():
                found += [said(entry) for entry in block.entries]
            case Grid():
                found += [cell for row in block.table.shown_rows for cell in row]
    return "\n".join(found)


def test_a_route_that_is_open_to_the_market_shows_what_was_done_there():
    standing = route_book("oxfordshire").standing()
    done = Activity(id="day", kind="market", what="a day for all providers", on=date(2014, 6, 2))
    route = RouteState(state=MARKET, process="advertised", legal_advice="note of counsel")
    text = words(route_document(replace(standing, route=route, activities=(done,))))
    assert (
        "The route is open to the market under the process 'advertised' on this legal advice: note of counsel" in text
    )
    assert "2 June 2014\nmarket\na day for all providers" in text


def test_a_route_with_an_answer_says_which_structure_and_why():
    book = route_book("oxfordshire")
    able = replace(book, file=book.file.model_copy(update={"lead": "able"}))
    text = words(route_document(able.standing()))
    assert "Recommended because a provider of this market could hold the contract" in text
    assert "One question is open" not in text


def test_rules_of_another_day_have_their_standstill_and_their_thresholds():
    text = words(route_document(route_book("oxfordshire").standing(date(2027, 1, 4))))
    assert "Standstill: 8 working days (SI 2023/1348, regulation 12)." in text


def test_a_market_that_the_table_does_not_cover_gets_no_structure():
    book = route_book("oxfordshire")
    simple = book.file.facts.model_copy(update={"complexity": "simple"})
    text = words(route_document(replace(book, file=book.file.model_copy(update={"facts": simple})).standing()))
    assert "Nothing is recommended" in text
    assert "Sourced by" not in text


def test_evidence_that_is_whole_waits_for_its_contract():
    standing = route_book("oxfordshire").standing()
    shown = [standing.variation.shown[0].model_copy(update={"heading": one.id}) for one in standing.headings.headings]
    whole = LocalVariation(shown=tuple(shown))
    assert "all 10 headings are completed" in words(local_variation(standing.headings, whole, "mental-health"))


def test_an_assessment_without_a_winner_says_so():
    standing = assessment_book("oxfordshire").standing()
    unplaced = tuple(one.model_copy(update={"place": None}) for one in standing.ranking.placed)
    nobody = Ranking(placed=unplaced, tied=(), by_tie_break=None)
    text = words(award_report(replace(standing, ranking=nobody, sensitivity=None, conflicts=())))
    for line in (
        "No bidder comes first as the scores stand.",
        "Nothing is ranked yet.",
        "Nobody of the programme works",
    ):
        assert line in text


def test_a_tie_that_was_parted_says_by_what():
    standing = assessment_book("oxfordshire").standing()
    parted = standing.ranking.model_copy(update={"by_tie_break": "patients-first"})
    assert "were parted by 'Patients and carers come first'" in words(award_report(replace(standing, ranking=parted)))


def test_an_abandoned_assessment_is_published_as_cancelled():
    standing = assessment_book("oxfordshire").standing()
    course = standing.course.model_copy(update={"state": ABANDONED, "notice": date(2027, 3, 15)})
    made = release(replace(standing, course=course))
    assert (made["tag"], made["tender"]["status"]) == (["tenderCancellation"], "cancelled")
    assert made["awards"][0]["status"] == "cancelled"
