"""What has changed since a list was ranked is told, and nothing else."""

import gc
from dataclasses import replace

import pytest

from preprocess.document import Document
from preprocess.pipeline import Cleaning
from reranker.rows import Ranking
from service.conditions import changes, conditions_of
from service.pile import Pile
from service.run_state import Order, RunState

TYPED = {"job": "JD", "instruction": "any job", "pasted": ""}


@pytest.fixture
def pile() -> Pile:
    return Pile([Document(f"{number}.txt", "text", ()) for number in range(3)])


@pytest.fixture
def state(pile: Pile) -> RunState:
    order = Order("JD", "", "", "any job", 0, Cleaning())
    return RunState(conditions=conditions_of(order, pile.documents), ranking=Ranking((), 3, finished=True))


def test_nothing_has_changed(state: RunState, pile: Pile):
    assert changes(state, pile, **TYPED) == ()
    assert changes(state, pile, **TYPED | {"job": " JD\n"}) == (), "white space around it is nothing"


@pytest.mark.parametrize("name", TYPED)
def test_a_changed_text_is_named(name: str, state: RunState, pile: Pile):
    assert changes(state, pile, **TYPED | {name: "another"}) == (name,)


def test_files_that_came_and_went_are_told_also_when_nobody_holds_them_any_more(state: RunState, pile: Pile):
    pile.documents.append(Document("new.txt", "text", ()))
    assert changes(state, pile, **TYPED) == ("added",)
    del pile.documents[0]
    gc.collect()
    assert changes(state, pile, **TYPED) == ("added", "removed")


def test_who_was_erased_is_missing_in_both_and_nothing_is_out_of_date(state: RunState, pile: Pile):
    del pile.documents[0]
    state.dropped = frozenset({1})
    assert changes(state, pile, **TYPED) == ()


def test_a_list_whose_conditions_are_not_known_is_not_called_old(state: RunState, pile: Pile):
    assert changes(replace(state, conditions=None), pile, "x", "y", "z") == ()
