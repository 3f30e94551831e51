"""The network of the judge: equal to the bit in any company and order, in both formats; weights that are written, read and refused."""

import numpy as np
import pytest
import torch

from reranker.encoder.encoder import AS_PUBLISHED, loaded_layers
from reranker.judge import model
from reranker.judge.likely import MOST_READ, likely_windows
from reranker.judge.model import JudgeNetwork
from reranker.judge.verdict import WindowReading
from reranker.judge.weights import DamagedWeights, read_weights, write_weights
from reranker.judge.windows import Windower
from tests.reranker.judge.random_weights import FILE, random_weights

CHANGES, REST = random_weights()
WINDOWER = Windower(FILE.tokenizer)
REQUIREMENTS = [
    WINDOWER.requirement(text) for text in ("三年以上质量管理经验", "English as a working language, written and spoken", "本科")
]
WINDOWS = [
    WINDOWER.windows(text)[0].ids
    for text in (
        "负责来料检验与供应商审核，2019 至 2023 年。" * 5,
        "Barista.",
        "Led a team of nine and closed the books in four days",
        "本科 测控技术",
    )
]


@pytest.fixture(scope="module", params=[torch.float32, torch.bfloat16], ids=["float32", "bfloat16"])
def network(request) -> JudgeNetwork:
    return JudgeNetwork(loaded_layers(AS_PUBLISHED), CHANGES, REST, request.param)


def assert_same(first: WindowReading | None, second: WindowReading | None) -> None:
    assert first is not None and second is not None
    assert first.score == second.score
    np.testing.assert_array_equal(first.points, second.points)


def test_a_reading_is_the_same_in_any_company_and_order(network: JudgeNetwork, monkeypatch):
    together = network.read(REQUIREMENTS, WINDOWS)
    assert len({reading.score for of_window in together for reading in of_window if reading}) == len(REQUIREMENTS) * len(WINDOWS)
    backwards = network.read(REQUIREMENTS[::-1], [*WINDOWS[::-1], WINDOWS[0]])
    monkeypatch.setattr(model, "GROUP", 300)
    crowd = network.read([*REQUIREMENTS[1:], *REQUIREMENTS], [WINDOWS[2], *WINDOWS])  # in several passes
    for position in range(len(WINDOWS)):
        for index in range(len(REQUIREMENTS)):
            reading = together[position][index]
            assert_same(reading, backwards[len(WINDOWS) - 1 - position][len(REQUIREMENTS) - 1 - index])
            assert_same(reading, crowd[position + 1][index + 2])
    (((alone,),),) = (network.read([REQUIREMENTS[1]], [WINDOWS[2]]),)
    assert_same(alone, together[2][1])


def test_points_are_one_a_token(network: JudgeNetwork):
    for window, readings in zip(WINDOWS, network.read(REQUIREMENTS, WINDOWS), strict=True):
        assert all(reading and len(reading.points) == len(window) and np.isfinite(reading.points).all() for reading in readings)


def test_of_many_windows_a_requirement_reads_the_likeliest_as_it_would_by_themselves(network: JudgeNetwork):
    others = [WINDOWER.windows(f"{word}，{word}，{word} {number}")[0].ids for number, word in enumerate(("滑雪", "烹饪", "木工", "陶艺"))]
    readings = network.read(REQUIREMENTS, [*others, *WINDOWS])
    for index, requirement in enumerate(REQUIREMENTS):
        read = [number for number, of_window in enumerate(readings) if of_window[index]]
        assert len(read) == MOST_READ
        alone = network.read([requirement], [[*others, *WINDOWS][number] for number in read])
        for number, (reading,) in zip(read, alone, strict=True):
            assert_same(readings[number][index], reading)


def test_the_likeliest_windows_are_those_with_tokens_most_like_the_asked_ones():
    dice = np.random.default_rng(0)
    wanted = dice.normal(size=(6, 16))
    windows = [dice.normal(size=(9, 16)) for _ in range(8)]
    windows[6][2:8] = wanted
    windows[1][3:5] = wanted[2:4]
    assert likely_windows([wanted], windows, most=1) == [[6]]
    assert likely_windows([wanted, windows[3][1:5]], windows, most=2)[0] == [1, 6]
    assert likely_windows([wanted, wanted], windows[:3], most=3) == [[0, 1, 2]] * 2


def test_nothing_asked_nothing_read(network: JudgeNetwork):
    assert network.read([], WINDOWS) == [[], [], [], []]
    assert network.read(REQUIREMENTS, []) == []


def test_weights_come_back_as_they_were_written(tmp_path):
    write_weights(tmp_path / "weights.safetensors", CHANGES, REST)
    changes, rest = read_weights(tmp_path / "weights.safetensors")
    assert changes.keys() == CHANGES.keys() and rest.keys() == REST.keys()
    for name, change in CHANGES.items():
        largest = np.abs(change).max(axis=1, keepdims=True)
        assert (np.abs(changes[name] - change) <= largest / 127 / 2 * 1.01).all()
    for name, tensor in REST.items():
        np.testing.assert_array_equal(rest[name], tensor)
    assert (tmp_path / "weights.safetensors").stat().st_size < 25_000_000


def test_damaged_weights_are_refused(tmp_path):
    path = tmp_path / "weights.safetensors"
    write_weights(path, {"l0.q": np.ones((2, 2), np.float32)}, {})
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedWeights, match="SHA-256"):
        read_weights(path)
