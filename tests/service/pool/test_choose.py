"""People from the pool in a pile: the same resume as of the file, so the same score; nobody twice, and no more than a pile may hold."""

import time
from pathlib import Path

import pytest

from feedback.store.pool.facts import fill_facts
from feedback.store.pool.people import PoolReader, PoolSearch, find_numbers
from feedback.store.pool.terms import PoolTerms
from feedback.store.recording import FROM_POOL
from feedback.store.store import FILE_NAME, Store
from preprocess.pipeline import Cleaning
from reranker.embedded.engine import EmbeddedEngine
from service.model import Model
from service.pile import Pile, add_uploads
from service.pool.choose import AddedFromPool, add_from_pool
from service.pool.open import open_pool
from service.run import run
from service.run_state import Order, RunState
from settings import Settings
from tests.browser.steps import example_resumes, small_resumes
from tests.encoder import JUDGE
from tests.ui.samples import CountingEngine

TERMS = PoolTerms(30, "招聘")
JOB = "任职要求：\n1. 熟悉 Python\n2. 三年以上后端经验"
MOST = 10


def ranked(pile: Pile, store: Store, job: str = JOB, cleaning: Cleaning | None = None, is_real: bool = False) -> RunState:
    state, model = RunState(), Model()
    model.ready(EmbeddedEngine(JUDGE) if is_real else CountingEngine(), JUDGE)
    for message in run(state, pile, Order(job, "", "", "", 0, cleaning or Cleaning()), model, Settings(), store, "hr"):
        assert message is None or message.kind != "error", message
    return state


def of_files(*files: Path) -> Pile:
    pile = Pile()
    for _ in add_uploads(pile, [str(file) for file in files], Settings(), keep=True):
        pass
    assert len(pile.documents) == len(files)
    return pile


def numbers(store: Store) -> list[int]:
    fill_facts(store, 100)
    return find_numbers(store, TERMS, PoolSearch(), PoolReader(), time.time(), 100)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return a Word file and two short texts."""
    [word] = [path for path in example_resumes("zh", 12) if path.name.startswith("罗牧野")]
    return [word, *small_resumes(tmp_path_factory.mktemp("files"))[:2]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, files: list[Path]) -> Store:
    """Return the store in which the files were ranked for another job."""
    opened = Store(tmp_path_factory.mktemp("pool") / FILE_NAME)
    ranked(of_files(*files), opened, "任职要求：熟悉 Java")
    return opened


@pytest.mark.parametrize(("cleaning", "is_real"), [(Cleaning(), True), (Cleaning(blind=True, hide_schools=True), False)])
def test_a_score_is_that_of_the_file_to_the_bit(store: Store, files: list[Path], tmp_path: Path, cleaning: Cleaning, is_real: bool):
    other = Store(tmp_path / FILE_NAME)
    expected = ranked(of_files(*files), other, cleaning=cleaning, is_real=is_real)
    other.close()
    pile = Pile()
    assert add_from_pool(pile, store, TERMS, numbers(store), PoolReader(), "hr", MOST) == AddedFromPool(added=3)
    from_pool = ranked(pile, store, cleaning=cleaning, is_real=is_real)
    assert expected.ranking and from_pool.ranking
    assert {row.id: (row.logit, row.features) for row in from_pool.ranking.rows} == {
        row.id: (row.logit, row.features) for row in expected.ranking.rows
    }
    for row in from_pool.ranking.rows:
        own = {note for note in row.notes if note.code != FROM_POOL}
        assert own == {note for file in expected.ranking.rows if file.id == row.id for note in file.notes}
        [said] = [note for note in row.notes if note.code == FROM_POOL]
        assert said.before == time.strftime("%Y-%m-%d")


def test_nobody_is_added_twice_nor_without_room_and_somebody_who_has_gone_is_counted(store: Store, files: list[Path]):
    pile = of_files(files[0])
    ranked(pile, store)
    three = numbers(store)
    assert add_from_pool(pile, store, TERMS, [*three, *three, 999], PoolReader(), "hr", 2) == AddedFromPool(
        added=1, known=1, gone=1, left=1
    )
    assert len(pile.documents) == 2
    assert add_from_pool(pile, store, TERMS, three, PoolReader(), "hr", MOST) == AddedFromPool(added=1, known=2)
    assert add_from_pool(pile, store, TERMS, three, PoolReader(), "hr", MOST) == AddedFromPool(known=3)
    assert add_from_pool(Pile(), store, TERMS, three, PoolReader("somebody else"), "hr", MOST) == AddedFromPool(gone=3)


def test_an_uploaded_file_of_the_same_person_is_joined_as_two_uploads_are(store: Store, files: list[Path]):
    pile = of_files(files[0])
    added = add_from_pool(pile, store, TERMS, numbers(store), PoolReader(), "hr", MOST)
    assert (added.added, len(pile.documents)) == (3, 3)
    [joined] = [document for document in pile.documents if document.parts]
    assert joined.files[0] == files[0].name


def test_the_facts_of_whom_the_pool_lacks_are_computed_beside_the_work(store: Store):
    ended = open_pool(store, PoolTerms())
    assert ended and not numbers_now(store)
    ended = open_pool(store, TERMS)
    deadline = time.monotonic() + 60
    while len(numbers_now(store)) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    ended.set()
    assert len(numbers_now(store)) == 3


def numbers_now(store: Store) -> list[int]:
    return find_numbers(store, TERMS, PoolSearch(), PoolReader(), time.time(), 100)
