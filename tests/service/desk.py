"""Hold a pile and a run as a page or a command holds them, without either of them; and an engine that needs no weights."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from feedback.store.store import Store
from preprocess.pipeline import Cleaning
from reranker.engine import Engine
from service.message import Message
from service.model import Model
from service.pile import Pile, add_uploads
from service.run import run
from service.run_state import Order, RunState
from settings import Settings
from tests.encoder import JUDGE
from tests.ui.samples import CountingEngine

DEFAULTS = Settings()
JOB = "任职要求：\n1. 熟悉 Python，三年以上经验\n2. 熟悉 Kubernetes"


@dataclass
class Desk:
    """What the use cases work on."""

    pile: Pile = field(default_factory=Pile)
    run: RunState = field(default_factory=RunState)
    message: Message | None = None
    """What was told last."""


def order(job: str = JOB, pasted: str = "", instruction: str = "", batch_size: int = 0, cleaning: Cleaning = Cleaning()) -> Order:  # noqa: B008
    return Order(job, pasted, "粘贴的文本", instruction, batch_size, cleaning)


def ready(engine: Engine | None = None) -> Model:
    """Return a model with this engine, which scores by length unless another one is given."""
    model = Model()
    model.ready(engine or CountingEngine(), JUDGE)
    return model


def uploaded(folder: Path, count: int, settings: Settings = DEFAULTS) -> tuple[Desk, list[Path]]:
    """Return a desk with so many resumes, each longer than the one before, and where their files were."""
    paths = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"候选人 {number}，熟悉 Python。" + "负责平台开发。" * number, "utf-8")
    desk = Desk()
    upload(desk, paths, settings)
    return desk, paths


def upload(desk: Desk, paths: list[Path], settings: Settings = DEFAULTS) -> None:
    """Read these files into the desk's pile."""
    for _ in add_uploads(desk.pile, paths, settings):
        pass


def steps(desk: Desk, given: Order, model: Model, store: Store | None = None, settings: Settings = DEFAULTS) -> Iterator[None]:
    """Rank the desk's pile, step by step."""
    for message in run(desk.run, desk.pile, given, model, settings, store):
        desk.message = message or desk.message
        yield


def finish(desk: Desk, given: Order, model: Model, store: Store | None = None, settings: Settings = DEFAULTS) -> Desk:
    """Rank the desk's pile."""
    desk.message = None
    for _ in steps(desk, given, model, store, settings):
        pass
    return desk
