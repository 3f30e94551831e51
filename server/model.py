"""The one model of this process: opened in the background while the page is already up, then shared by everyone."""

import threading
import time
from collections.abc import Callable

from reranker.checkpoint import NoCheckpoint
from reranker.encoder import Encoder
from reranker.engine import Engine, ScoringError
from reranker.open_engine import open_engine
from reranker.scheduler import Scheduler
from settings import Settings

LOADING, READY, FAILED = "loading", "ready", "failed"
Say = Callable[[str], None]


class Model:
    """`state` is LOADING until `engine` (a Scheduler, safe to share) and `encoder` are there: READY; or FAILED, and `problem` says why."""

    def __init__(self):
        self.state = LOADING
        self.problem = ""
        self.said: list[str] = []
        """What was told while it was opened: which weights, device and precision, and why."""

        self._engine: Scheduler | None = None
        self._encoder: Encoder | None = None
        self._settled = threading.Event()

    @property
    def engine(self) -> Scheduler:
        """The engine, shared by all; only once READY."""
        assert self._engine is not None
        return self._engine

    @property
    def encoder(self) -> Encoder:
        """The encoder that finds match points; only once READY."""
        assert self._encoder is not None
        return self._encoder

    def wait(self, seconds: float) -> bool:
        """Whether the model is READY or FAILED, after waiting no longer than that."""
        return self._settled.wait(seconds)

    def ready(self, engine: Engine, encoder: Encoder) -> None:
        """From now on requests are served."""
        self._engine, self._encoder = Scheduler(engine), encoder
        self.state = READY
        self._settled.set()

    def failed(self, problem: str) -> None:
        """There will be no model; everyone who waits is told."""
        self.problem, self.state = problem, FAILED
        self._settled.set()


def open_in_background(model: Model, settings: Settings, say: Say, give_up: Callable[[], None]) -> threading.Thread:
    """Load the model that the settings ask for. `give_up` is called when a model that was named cannot be had."""

    def tell(line: str) -> None:
        model.said.append(line)
        say(line)

    def load() -> None:
        started = time.perf_counter()
        try:
            encoder = Encoder()
            engine = open_engine(settings.model, settings.offline, settings.device, settings.precision, settings.batch_size, encoder, tell)
        except NoCheckpoint as error:
            say(str(error))
            model.failed(str(error))
            give_up()
        except ScoringError as error:
            say(str(error))
            model.failed(str(error))
        except Exception as error:  # the page must be able to say so, whatever it was
            say(f"The model could not be loaded: {type(error).__name__}: {error}")
            model.failed(f"{type(error).__name__}: {error}")
        else:
            encoder.queries(["warm"])  # loads it now, not in somebody's first request
            model.ready(engine, encoder)
            say(f"Ready in {time.perf_counter() - started:.1f}s: {engine.name} ({engine.dtype}, {engine.device})")

    thread = threading.Thread(target=load, name="model", daemon=True)
    thread.start()
    return thread
