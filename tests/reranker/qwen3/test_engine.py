"""The local engine on a small random Qwen3: the model card's logits, scores that do not depend on company, memory running out."""

import copy
import math
from pathlib import Path
from typing import Any

import pytest
import torch

from reranker.engine import Query, ScoringError, finite
from reranker.instructions import TEMPLATES
from reranker.notice import Notice
from reranker.qwen3 import engine as qwen3
from reranker.qwen3 import model as qwen3_model
from reranker.qwen3.device import DeviceChoice
from reranker.qwen3.engine import Qwen3Engine, load_qwen3
from reranker.qwen3.linear import FloatLinear
from reranker.qwen3.memory import BatchMemory
from reranker.qwen3.model import PrefixCache
from reranker.qwen3.model_card import ModelCard
from tests.data.random_qwen3 import write_random_qwen3
from tests.engines import with_ids

QUERY = Query("招聘：高级Java工程师，5年以上Spring Boot经验。\n", TEMPLATES["tech"])
DOCUMENTS = [
    "张三，8年后端开发经验，熟悉分布式系统、Kafka、Redis。",
    "Senior backend engineer with 8 years of Java and Go; led a team of five.",
    "",
    "\n\n  应届毕业生 🎓，算法竞赛银奖。" * 12 + "\n",
    "销售经理",
]
CPU_FP32 = DeviceChoice("cpu", torch.float32, 4)
CPU_BF16 = DeviceChoice("cpu", torch.bfloat16, 4)
CPU_INT8 = DeviceChoice("cpu", torch.int8, 4)


def logits(engine: Qwen3Engine, query: Query, documents: list[str], batch_size: int | None = None) -> list[float]:
    scores = sorted(engine.score(query, with_ids(documents), batch_size), key=lambda score: score.index)
    assert [score.index for score in scores] == list(range(len(documents)))
    return [score.logit for score in scores]


@pytest.fixture(scope="module")
def reference(tiny_checkpoint: Path) -> ModelCard:
    return ModelCard(tiny_checkpoint)


@pytest.fixture(scope="module")
def loaded(tiny_checkpoint: Path) -> Qwen3Engine:
    return Qwen3Engine(tiny_checkpoint, CPU_FP32, say=lambda line: None)


@pytest.fixture
def engine(loaded: Qwen3Engine) -> Qwen3Engine:
    """Return the engine as if just loaded; tokenizer and model are shared with other tests."""
    fresh = copy.copy(loaded)
    fresh._prefixes = {}
    return fresh


def test_fp32_logits_are_the_model_cards(engine: Qwen3Engine, reference: ModelCard):
    expected = reference.logits(QUERY.instruction, QUERY.job, DOCUMENTS)
    assert logits(engine, QUERY, DOCUMENTS) == pytest.approx(expected, abs=1e-5)
    assert max(expected) - min(expected) > 0.02, "the model must react to the documents, or this proves nothing"


def test_long_documents_give_the_model_cards_logits_across_chunks(engine: Qwen3Engine, reference: ModelCard):
    document = "负责推荐系统的召回与排序 (recall & ranking), QPS 12k. " * 90
    (score,) = engine.score(QUERY, with_ids([document]))
    assert score.tokens > qwen3_model.CPU_CHUNK
    assert [score.logit] == pytest.approx(reference.logits(QUERY.instruction, QUERY.job, [document]), abs=1e-5)


@pytest.mark.parametrize("chunk", [1, 7, 64])
def test_the_chunk_size_does_not_matter(engine: Qwen3Engine, reference: ModelCard, monkeypatch: pytest.MonkeyPatch, chunk: int):
    monkeypatch.setattr(qwen3_model, "CPU_CHUNK", chunk)
    expected = reference.logits(QUERY.instruction, QUERY.job, DOCUMENTS[:2])
    assert logits(engine, QUERY, DOCUMENTS[:2]) == pytest.approx(expected, abs=1e-5)


def test_a_score_is_the_same_to_the_bit_in_any_batch_order_or_company(engine: Qwen3Engine):
    expected = logits(engine, QUERY, DOCUMENTS)
    assert logits(engine, QUERY, DOCUMENTS[::-1]) == expected[::-1]
    assert logits(engine, QUERY, DOCUMENTS, batch_size=1) == expected
    assert logits(engine, QUERY, DOCUMENTS * 2, batch_size=16) == expected * 2
    for document, logit in zip(DOCUMENTS, expected, strict=True):
        assert logits(engine, QUERY, [document]) == [logit]
    logits(engine, Query("another job", ""), ["x"])
    assert logits(engine, QUERY, DOCUMENTS) == expected


def test_query_and_instruction_count(engine: Qwen3Engine):
    (base,) = logits(engine, QUERY, DOCUMENTS[:1])
    (other_job,) = logits(engine, Query("招聘：厨师", QUERY.instruction), DOCUMENTS[:1])
    (other_instruction,) = logits(engine, Query(QUERY.job, TEMPLATES["manager"]), DOCUMENTS[:1])
    assert len({base, other_job, other_instruction}) == 3


def test_bf16_is_close_to_fp32(engine: Qwen3Engine, tiny_checkpoint: Path):
    bf16 = Qwen3Engine(tiny_checkpoint, CPU_BF16, say=lambda line: None)
    assert bf16.info.dtype == "BF16"
    assert logits(bf16, QUERY, DOCUMENTS) == pytest.approx(logits(engine, QUERY, DOCUMENTS), abs=0.02)


def test_int8_is_close_to_fp32_and_as_independent_of_company(engine: Qwen3Engine, tiny_checkpoint: Path):
    int8 = Qwen3Engine(tiny_checkpoint, CPU_INT8, say=lambda line: None)
    assert int8.info.dtype == "INT8"
    scores = logits(int8, QUERY, DOCUMENTS)
    assert scores == pytest.approx(logits(engine, QUERY, DOCUMENTS), abs=0.05)
    assert logits(int8, QUERY, DOCUMENTS[::-1]) == scores[::-1]


def test_only_the_work_that_is_needed_is_done(engine: Qwen3Engine):
    """Counted, not timed: the shared prefix once, each token of a document once, no padding."""
    engine._model.work.clear()
    prefix = len(engine._tokenizer.prefix(QUERY))
    scores = list(engine.score(QUERY, with_ids(DOCUMENTS)))
    suffix = len(engine._tokenizer.document("", prefix).ids)
    tokens = prefix + sum(score.tokens for score in scores) + len(scores) * (suffix - 1)  # the space before an empty document is a token
    assert engine._model.work == {"prefixes": 1, "documents": 5, "tokens": tokens}
    list(engine.score(QUERY, with_ids(DOCUMENTS[:1])))
    assert engine._model.work["prefixes"] == 1, "the same job again: its prefix is kept"


def test_a_layer_is_five_products_and_the_last_one_ends_in_one_row_a_document(engine: Qwen3Engine, monkeypatch: pytest.MonkeyPatch):
    rows: list[int] = []
    real = FloatLinear.__call__
    monkeypatch.setattr(FloatLinear, "__call__", lambda linear, x: rows.append(x.shape[:-1].numel()) or real(linear, x))
    engine._model.work.clear()
    list(engine.score(QUERY, with_ids(["熟悉 Java。" * 20])))
    prefix, document = len(engine._tokenizer.prefix(QUERY)), engine._model.work["tokens"] - len(engine._tokenizer.prefix(QUERY))
    keys_values, whole, last_row = 1, 5, 4
    layers = len(engine._model.layers)
    assert rows.count(prefix) == whole * (layers - 1) + keys_values
    assert rows.count(document) == whole * (layers - 1) + keys_values
    assert rows.count(1) == last_row and len(rows) == rows.count(prefix) + rows.count(document) + last_row


@pytest.mark.parametrize("tied", [True, False])
def test_checkpoints_in_shards_and_with_a_head_of_their_own(tmp_path: Path, tied: bool):
    folder = write_random_qwen3(tmp_path / "model", tied=tied, max_shard_size="1MB", seed=3)
    assert len(list(folder.glob("*.safetensors"))) > 1
    engine = load_qwen3(folder, CPU_FP32, say=lambda line: None)
    expected = ModelCard(folder).logits(QUERY.instruction, QUERY.job, DOCUMENTS[:2])
    assert logits(engine, QUERY, DOCUMENTS[:2]) == pytest.approx(expected, abs=1e-5)


def test_a_resume_too_long_for_the_window_is_scored_by_its_beginning_and_says_so(engine: Qwen3Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine._tokenizer, "max_tokens", 400)
    text = "熟悉 Java。" * 200
    (score,) = engine.score(QUERY, with_ids([text]))
    assert score.truncated > 0
    (same_beginning,) = engine.score(QUERY, with_ids([text + "更多内容" * 50]))
    assert same_beginning.logit == score.logit and same_beginning.truncated == score.truncated + 100


def test_loading_says_where_from_how_long_and_where_to(tiny_checkpoint: Path):
    said: list[Notice] = []
    engine = load_qwen3(tiny_checkpoint, CPU_BF16, said.append)
    assert said[0] == Notice("loading", folder=tiny_checkpoint)
    assert (said[1].code, said[1].values["dtype"], said[1].values["device"]) == ("loaded", "BF16", "cpu")
    assert (engine.info.name, engine.info.max_tokens, engine.info.score_scale) == ("tiny-qwen3-reranker", 32_768, "probability")


def test_recent_prefixes_are_kept_and_old_ones_let_go(engine: Qwen3Engine, monkeypatch: pytest.MonkeyPatch):
    computed: list[int] = []
    monkeypatch.setattr(engine._model, "prefix", lambda ids, real=engine._model.prefix: computed.append(len(ids)) or real(ids))
    first, second = Query("first job", ""), Query("second job", "")
    for query in (first, second, first, second):
        logits(engine, query, ["x"])
    assert len(computed) == 2, "two users in turn must not push out each other's prefix"
    engine.forget(first)
    logits(engine, first, ["x"])
    assert len(computed) == 3
    monkeypatch.setattr(qwen3, "KEPT_PREFIX_BYTES", 1000)
    logits(engine, second, ["x"])
    assert len(engine._prefixes) == 1, "bounded by bytes; the newest one stays"


class SmallMemory:
    """The engine's model with room for so many tokens at a time, as a GPU that no test machine has."""

    def __init__(self, model: qwen3_model.Qwen3Model, room: int):
        self.model, self.room, self.batches = model, room, []
        self.prefix = model.prefix

    def logits(self, prefix: PrefixCache, documents: list[list[int]]) -> list[float]:
        if sum(map(len, documents)) > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")
        self.batches.append(len(documents))
        return self.model.logits(prefix, documents)


def on_small_gpu(engine: Qwen3Engine, room: int) -> tuple[SmallMemory, list[Notice]]:
    said: list[Notice] = []
    memory = SmallMemory(engine._model, room)
    engine._model, engine._device = memory, "cuda:0"  # type: ignore[assignment]
    engine._memory = BatchMemory("cuda:0", said.append)
    return memory, said


@pytest.mark.parametrize("chunk", [1, 7, 64, 8192])
def test_packed_documents_of_any_length_give_the_same_logits(engine: Qwen3Engine, monkeypatch: pytest.MonkeyPatch, chunk: int):
    monkeypatch.setattr(qwen3_model, "CPU_CHUNK", chunk)
    expected = logits(engine, QUERY, DOCUMENTS)
    engine._model.work.clear()
    memory, _ = on_small_gpu(engine, room=10**9)
    assert logits(engine, QUERY, DOCUMENTS, batch_size=3) == pytest.approx(expected, abs=1e-5)
    assert memory.batches == [3, 2]
    packed = dict(engine._model.model.work)  # type: ignore[attr-defined]
    memory.batches.clear()
    logits(engine, QUERY, DOCUMENTS, batch_size=1)
    assert engine._model.model.work["tokens"] == 2 * packed["tokens"], "no padding: packed or not, the same tokens"  # type: ignore[attr-defined]


def test_a_batch_is_bounded_by_tokens_and_takes_documents_as_they_come(engine: Qwen3Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(qwen3, "TOKENS_PER_DOCUMENT", 30)
    memory, _ = on_small_gpu(engine, room=10**9)
    taken: list[int] = []
    documents = ("熟悉 Java。" * count for count in (1, 1, 1, 40, 1, 1) if taken.append(count) is None)
    for score in engine.score(QUERY, ((str(number), text) for number, text in enumerate(documents)), batch_size=3):
        assert len(taken) <= score.index + 4, "documents are not all taken before the first is scored"
    assert memory.batches == [3, 1, 2], "the long one goes alone"


def test_out_of_memory_halves_the_batch_says_so_and_loses_nothing(engine: Qwen3Engine):
    documents = ["熟悉 Java。" * 10] * 16
    expected = logits(engine, QUERY, documents)
    length = len(engine._tokenizer.document(documents[0], 0).ids)
    memory, said = on_small_gpu(engine, room=5 * length)
    assert logits(engine, QUERY, documents, batch_size=16) == pytest.approx(expected, abs=1e-5)
    assert memory.batches == [4, 4, 4, 4]
    assert said == [
        Notice("batch_too_large", device="cuda:0", tokens=16 * length, half=8 * length),
        Notice("batch_too_large", device="cuda:0", tokens=8 * length, half=4 * length),
    ]
    logits(engine, QUERY, documents, batch_size=16)
    assert len(said) == 2, "what did not fit once is not tried again"
    logits(engine, QUERY, ["x"] * 8, batch_size=8)
    assert memory.batches[-1] == 8, "short resumes still fit"


def test_out_of_memory_for_a_single_resume_is_a_clear_error(engine: Qwen3Engine):
    on_small_gpu(engine, room=20)
    with pytest.raises(ScoringError, match="no_memory_for_resume"):
        logits(engine, QUERY, ["熟悉 Java。" * 10] * 2)


def test_fp16_bears_activations_beyond_its_range(tmp_path: Path, tiny_checkpoint: Path):
    """Real Qwen3 weights drive single values of the residual stream and of the MLP beyond 65,504; inf there would end as NaN."""
    from safetensors.torch import load_file, save_file

    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).symlink_to(tiny_checkpoint / name)
    weights = load_file(tiny_checkpoint / "model.safetensors")
    for name, tensor in weights.items():
        if name.endswith(("gate_proj.weight", "up_proj.weight")):
            tensor *= 20_000
        elif name.endswith("layers.0.mlp.down_proj.weight"):
            tensor *= 300
    save_file(weights, tmp_path / "model.safetensors")
    half = load_qwen3(tmp_path, DeviceChoice("cpu", torch.float16, 1), say=lambda line: None)
    inner: list[float] = []
    down = half._model.layers[0].down
    object.__setattr__(half._model.layers[0], "down", lambda x: (inner.append(float(x.abs().max())), down(x))[1])
    scored = logits(half, QUERY, DOCUMENTS)
    assert max(inner) > 65_504, "or this proves nothing"
    whole = load_qwen3(tmp_path, CPU_FP32, say=lambda line: None)
    assert scored == pytest.approx(logits(whole, QUERY, DOCUMENTS), abs=0.05)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(
            "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes."
        ),
        RuntimeError("could not create a primitive"),  # what oneDNN said where a process could not grow: benchmarks/device/shortage.py
        MemoryError("std::bad_alloc"),
    ],
)
def test_every_way_in_which_a_cpu_says_that_memory_ran_out_is_a_clear_error(
    engine: Qwen3Engine, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(engine._model, "logits", fail)
    with pytest.raises(ScoringError, match="no_memory_for_resume"):
        list(engine.score(QUERY, with_ids(DOCUMENTS[:1])))


def test_other_errors_of_the_backend_are_not_taken_for_memory(engine: Qwen3Engine, monkeypatch: pytest.MonkeyPatch):
    def broken(prefix: PrefixCache, documents: list[list[int]]) -> list[float]:
        raise RuntimeError("CUDA error: an illegal memory access was encountered")

    monkeypatch.setattr(engine._model, "logits", broken)
    with pytest.raises(RuntimeError, match="illegal memory access"):
        logits(engine, QUERY, ["x"])


def test_a_score_that_is_not_a_number_concerns_one_document_and_fails_who_cannot_do_without(
    engine: Qwen3Engine, monkeypatch: pytest.MonkeyPatch
):
    computed = engine._model.logits
    monkeypatch.setattr(
        engine._model,
        "logits",
        lambda prefix, documents: [math.nan if len(document) > 20 else computed(prefix, [document])[0] for document in documents],
    )
    documents = ["short", "long " * 30, "also short"]
    assert [math.isfinite(logit) for logit in logits(engine, QUERY, documents)] == [True, False, True]
    with pytest.raises(ScoringError, match="not_a_number"):
        list(finite(engine.score(QUERY, with_ids(documents))))


def test_weights_that_give_no_number_fail_the_self_test(tmp_path: Path, tiny_checkpoint: Path):
    from safetensors.torch import load_file, save_file

    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).symlink_to(tiny_checkpoint / name)
    weights = load_file(tiny_checkpoint / "model.safetensors")
    save_file({name: torch.full_like(tensor, math.nan) for name, tensor in weights.items()}, tmp_path / "model.safetensors")
    with pytest.raises(ScoringError, match="not_a_number"):
        load_qwen3(tmp_path, CPU_FP32, say=lambda line: None)


def test_weights_that_answer_everything_alike_fail_the_self_test(tmp_path: Path, tiny_checkpoint: Path):
    from safetensors.torch import load_file, save_file

    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).symlink_to(tiny_checkpoint / name)
    weights = load_file(tiny_checkpoint / "model.safetensors")
    save_file({name: torch.zeros_like(tensor) for name, tensor in weights.items()}, tmp_path / "model.safetensors")
    with pytest.raises(ScoringError, match="same_score"):
        load_qwen3(tmp_path, CPU_FP32, say=lambda line: None)


def test_closing_the_iterator_stops_the_work(engine: Qwen3Engine):
    memory, _ = on_small_gpu(engine, room=10**9)
    stream = engine.score(QUERY, with_ids(DOCUMENTS), batch_size=1)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert memory.batches == [1]


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 1e-4), (torch.float16, 0.01)])
def test_cuda_gives_the_cpus_logits(engine: Qwen3Engine, tiny_checkpoint: Path, dtype: torch.dtype, tolerance: float):
    on_gpu = load_qwen3(tiny_checkpoint, DeviceChoice("cuda:0", dtype, 3), say=lambda line: None)
    assert logits(on_gpu, QUERY, DOCUMENTS) == pytest.approx(logits(engine, QUERY, DOCUMENTS), abs=tolerance)
