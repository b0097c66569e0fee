"""What is sent to do harm is refused in words, nothing is kept, and nothing large is taken into memory."""

import tracemalloc

import pytest

from hostile_files import OTHERS, WORKBOOKS
from web_visits import CONTRACT, loaded, send, signed_in, text_of


@pytest.fixture(scope="module")
def analyst(django):
    loaded()
    return signed_in("analyst")


def _refused(client, name: str, content: bytes, words: str) -> None:
    from obc.bootstrap import submissions

    before = len(submissions.submissions(CONTRACT))
    answer = send(client, "6", name, content)
    page = text_of(answer)
    assert answer.status_code == 422 and words in page, page[:3000]
    assert len(submissions.submissions(CONTRACT)) == before


@pytest.mark.parametrize("what", WORKBOOKS)
def test_a_workbook_that_is_more_than_figures_is_refused(analyst, what):
    made, words = WORKBOOKS[what]
    _refused(analyst, "figures.xlsx", made(), words)


@pytest.mark.parametrize("what", OTHERS)
def test_any_other_file_that_is_no_figures_is_refused(analyst, what):
    name, made, words = OTHERS[what]
    _refused(analyst, name, made(), words)


def test_a_file_that_is_too_large_is_stopped_while_it_comes(analyst):
    _refused(analyst, "figures.csv", b"indicator,numerator\n" * 1_100_000, "more than 20,000,000 bytes")


def test_a_bomb_takes_no_more_memory_than_the_limit():
    from obc.domain.core.kernel.problem import Problems
    from obc.loaders.sent_package import MOST_UNPACKED
    from obc.loaders.workbook import read_workbook

    content = WORKBOOKS["a bomb that lies about its size"][0]()
    tracemalloc.start()
    with pytest.raises(Problems):
        read_workbook("f.xlsx", content)
    assert tracemalloc.get_traced_memory()[1] < MOST_UNPACKED
    tracemalloc.stop()


def test_no_file_at_all_is_told_in_words(analyst):
    answer = analyst.post(f"/contracts/{CONTRACT}/figures/new/", {"period": "6"})
    assert answer.status_code == 422 and "choose the file with the figures" in text_of(answer)


def test_a_name_with_folders_or_code_is_only_a_name(analyst):
    answer = send(analyst, "6", "../../<script>alert(1)</script>.csv", b"a,b\n")
    assert answer.status_code == 422 and b"<script>alert" not in answer.content
