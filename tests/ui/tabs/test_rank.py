"""What the ranking tab offers depends on where the model runs."""

from i18n.texts import texts
from service.model import Model
from tests.encoder import JUDGE
from tests.engines import engine_info
from tests.ui.samples import CountingEngine
from ui.tabs.rank import batch_size_words


def opened_on(device: str) -> Model:
    engine, model = CountingEngine(), Model()
    engine.info = engine_info(device=device)
    model.ready(engine, JUDGE)
    return model


def test_a_batch_size_is_offered_on_a_gpu_only():
    words = texts("zh")
    assert batch_size_words(opened_on("cuda:0"), words)["visible"]
    assert not batch_size_words(opened_on("cpu"), words)["visible"]
    assert not batch_size_words(Model(), words)["visible"], "where the model will run is not known yet"
