"""Hold the one model of this process: loaded in the background while the page is already up, then shared by all users."""

import threading
import time
from collections.abc import Callable

from i18n.texts import texts
from preprocess.screening.model import weights
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine, ScoringError
from reranker.judge.judge import Judge
from reranker.notice import NoCheckpoint, NoSuchModel, Notice, Say
from reranker.open_engine import configured_engine
from reranker.scheduler import Scheduler
from reranker.warm_up import warm_up
from settings import Settings

LOADING, READY, FAILED = "loading", "ready", "failed"
RETRY_SECONDS = 30.0


class Model:
    """`state` is LOADING until `engine` (a Scheduler, safe to share) and `judge` are there: READY; or FAILED, and `problem` says why."""

    def __init__(self):
        self.state = LOADING
        self.problem: Notice | None = None
        self.tries_again = False
        """True if FAILED may turn into READY by itself."""

        self.said: list[Notice] = []
        """What was told while it was opened: which weights, device and precision, and why."""

        self._engine: Scheduler | None = None
        self._judge: Judge | None = None
        self._settled = threading.Event()

    @property
    def engine(self) -> Scheduler:
        """The engine, shared by all; only once READY."""
        assert self._engine is not None
        return self._engine

    @property
    def judge(self) -> Judge:
        """The judge that makes match points; only once READY."""
        assert self._judge is not None
        return self._judge

    @property
    def encoder(self) -> Encoder:
        """The judge's sentence encoder; only once READY."""
        return self.judge.encoder

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` for the model; return whether it is READY or FAILED."""
        return self._settled.wait(seconds)

    def ready(self, engine: Engine, judge: Judge) -> None:
        """Start to serve requests with this engine and judge."""
        self._engine, self._judge = Scheduler(engine), judge
        self.state, self.tries_again = READY, False
        self._settled.set()

    def failed(self, problem: Notice, tries_again: bool = False) -> None:
        """Set the state to FAILED and wake everyone who waits. `tries_again`: loading will be tried again."""
        self.problem, self.tries_again, self.state = problem, tries_again, FAILED
        self._settled.set()


def open_in_background(
    model: Model,
    settings: Settings,
    say: Callable[[str], None],
    give_up: Callable[[], None],
    afterwards: Callable[[], None] = lambda: None,
) -> threading.Thread:
    """Load the model that the settings ask for in a thread, and return the thread.

    Try again every RETRY_SECONDS while the weights are missing or incomplete: somebody may be copying them, or the network may return.
    `say` is given each notice as text; `give_up` is called if no model of that name exists, and `afterwards` once the model is there.
    """

    def tell(notice: Notice) -> None:
        if notice not in model.said:  # another try tells what is new
            model.said.append(notice)
            say(texts(settings.language).notice(notice))

    def load() -> None:
        while not _is_settled(model, settings, tell, give_up, afterwards):
            time.sleep(RETRY_SECONDS)

    thread = threading.Thread(target=load, name="model", daemon=True)
    thread.start()
    return thread


def _is_settled(model: Model, settings: Settings, tell: Say, give_up: Callable[[], None], afterwards: Callable[[], None]) -> bool:
    """Try to load the model once; return False if a later try may succeed."""
    started = time.perf_counter()
    try:
        judge = Judge()
        engine = configured_engine(settings, judge, tell)
        judge.verdicts(["warm"], "warm")  # loads it now, not in somebody's first request
    except NoSuchModel as error:
        tell(error.notice)
        model.failed(error.notice)
        give_up()
    except NoCheckpoint as error:
        tell(Notice("tried_again", problem=error.notice, seconds=round(RETRY_SECONDS)))
        model.failed(error.notice, tries_again=True)
        return False
    except ScoringError as error:
        tell(error.notice)
        model.failed(error.notice)
    except Exception as error:  # the page must be able to say so, whatever it was
        problem = Notice("not_loaded", problem=f"{type(error).__name__}: {error}")
        tell(problem)
        model.failed(problem)
    else:
        model.ready(engine, judge)
        info, seconds = engine.info, time.perf_counter() - started
        tell(Notice("ready", seconds=seconds, name=info.name, dtype=info.dtype, device=info.device))
        afterwards()
        warm_up(judge)
        judge.encoder.adapted(["warm"], weights().adapter)  # seconds that nobody needs to wait for: only suspicious passages ask for it
    return True
