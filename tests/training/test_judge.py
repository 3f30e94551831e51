"""Training the judge: examples hold their evidence, foreign requirements are foreign, and an interrupted training ends the same."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from reranker.encoder.e5_file import open_wheel
from reranker.encoder.e5_layers import E5Layers
from reranker.judge.model import JudgeNetwork
from reranker.judge.windows import WINDOW_TOKENS, Windower
from training.judge.batches import Batches, asked
from training.judge.examples import GroupExample, evidence_places, examples, foreign_requirements
from training.judge.figures import JudgedPair, auc, calibration_error, group_orders, mean_ndcg, within_resumes_auc
from training.judge.groups import JobGroup, JudgedResume, read_groups
from training.judge.losses import combined_scores, ranking_loss
from training.judge.network import TrainedJudge
from training.judge.train import Training, TrainingSettings

FILE = open_wheel()  # as the judge of the other tests does: its tokenizer takes a second
WINDOWER = Windower(FILE.tokenizer)


def short_group(trade: str, language: str, requirements: list[str], texts: list[str]) -> JobGroup:
    """Return a group whose first resume proves all its requirements with its first line, and whose others prove none."""
    count = len(requirements)
    resumes = [
        JudgedResume(text, 2 * (number == 0), "plain", (2 * (number == 0),) * count, (text.split("\n")[0] if number == 0 else "",) * count)
        for number, text in enumerate(texts)
    ]
    return JobGroup(trade, language, "traps", trade, tuple((text, True) for text in requirements), tuple(resumes))


GROUPS = [
    short_group("焊工", "zh", ["会氩弧焊", "焊过压力容器"], ["氩弧焊焊了六年压力容器，一次合格率 99%\n爱好钓鱼", "卖过两年保险"]),
    short_group("Baker", "en", ["bakes sourdough"], ["Sourdough for 300 guests a day, own starter\nSings", "Drove a van"]),
]


@pytest.fixture(scope="module")
def prepared() -> list[GroupExample]:
    own = examples(GROUPS, WINDOW_TOKENS)
    near = [((1, 0),), ((0, 0), (0, 1))]  # each other's: two groups are too few to tell what resembles what
    return [replace(group, near=foreign, far=()) for group, foreign in zip(own, near, strict=True)]


def test_places_are_where_the_evidence_stands():
    count = 0
    for group in read_groups("train")[::40]:
        for resume in group.resumes:
            windows = WINDOWER.windows(resume.text)
            for evidence in filter(None, resume.evidence):
                for span in evidence_places(windows, resume.text, evidence):
                    characters = windows[span.window].characters[span.first : span.last]
                    quoted = "".join(resume.text[start:end] for start, end in dict.fromkeys(characters))
                    letters = [letter for letter in quoted if letter in evidence]
                    assert len(letters) >= len(quoted) * 0.7, (quoted, evidence)
                    count += 1
    assert count > 300


def test_evidence_that_no_window_holds_to_half_is_where_most_of_it_is():
    text = "。".join("，".join(f"第{number}年做了{sentence}件事" for number in range(30)) for sentence in range(3))
    places = evidence_places(WINDOWER.windows(text), text, text[300:-5])
    assert len(places) == 1


def test_foreign_requirements_are_of_other_trades_and_resemble_none_of_the_groups_own():
    groups = [*GROUPS, short_group("焊工", "zh", ["会看图纸"], ["看图纸"])]
    vectors = np.eye(4)
    vectors[3] = vectors[2] * 0.9 + vectors[0] * 0.1
    (near, far), (other_near, _), _ = foreign_requirements(groups, vectors)
    assert near + far == ((1, 0),)
    assert other_near == ((0, 0), (0, 1))  # the third group's requirement resembles its own


def test_a_step_shows_its_groups_resumes_with_their_own_and_with_foreign_requirements(prepared):
    batches = Batches(prepared, seed=1, foreign=0.4)
    seen = set()
    for number in range(4):
        for part in batches.step(number):
            seen.add((part.group, part.resumes))
            assert part.foreign and all(group != part.group for group, _ in part.foreign)
            assert len(asked(part, prepared)) == len(part.own) + len(part.foreign)
    assert {group for group, _ in seen} == {0, 1}
    assert batches.step(3) == Batches(prepared, seed=1, foreign=0.4).step(3) != Batches(prepared, seed=2, foreign=0.4).step(3)


@pytest.mark.long
def test_an_interrupted_training_ends_with_the_same_weights(prepared, tmp_path: Path):
    settings = TrainingSettings()
    training = Training(prepared, settings)
    training.run_step(0.2)
    training.save(tmp_path / "judge.pt")
    training.run_step(0.6)
    resumed = Training(prepared, settings)
    resumed.load(tmp_path / "judge.pt")
    assert resumed.step == 1
    resumed.run_step(0.6)
    same = resumed.network.state_dict()
    for name, tensor in training.network.state_dict().items():
        assert torch.equal(tensor, same[name]), name
    resumed.settings = replace(settings, foreign=0.1)
    with pytest.raises(ValueError, match="other settings"):
        resumed.load(tmp_path / "judge.pt")


def test_what_is_served_is_what_was_trained():
    torch.manual_seed(0)
    encoder = E5Layers(FILE, {})
    trained = TrainedJudge(encoder, rank=2).eval()
    with torch.no_grad():
        for parameter in trained.parameters():
            if parameter.requires_grad:
                parameter += torch.randn_like(parameter) * 0.02
    windows = [window.ids for text in ("氩弧焊焊了六年压力容器", "Sings in a choir. " * 20) for window in WINDOWER.windows(text)]
    requirements = [WINDOWER.requirement(text) for text in ("会氩弧焊", "bakes sourdough bread for hundreds of guests")]
    served = JudgeNetwork(encoder, *trained.tensors(encoder)).read(requirements, windows)
    with torch.inference_mode():
        scores, points = trained(windows, requirements)
    for window, readings in enumerate(served):
        for requirement, reading in enumerate(readings):
            assert reading and reading.score == pytest.approx(float(scores[window, requirement]), abs=1e-4)
            np.testing.assert_allclose(reading.points, points[window, requirement, : len(windows[window])], atol=1e-4)


def test_the_score_of_a_resume_is_that_of_the_window_that_decides():
    whole = combined_scores(torch.tensor([[3.0], [-2.0], [1.0]]), torch.tensor([[0.0], [20.0], [0.0]]), [2, 1])
    assert whole[:, 0].tolist() == pytest.approx([-2, 1], abs=1e-4)


def test_the_ranking_loss_falls_when_the_better_resume_is_stronger():
    verdicts = torch.tensor([[2, 0], [0, 0]])
    right, wrong = (
        float(ranking_loss(torch.tensor(scores), verdicts)) for scores in ([[2.0, 0.0], [-2.0, 9.0]], [[-2.0, 0.0], [2.0, 9.0]])
    )
    assert right < 0.05 < wrong
    assert float(ranking_loss(torch.zeros(2, 2), torch.ones(2, 2, dtype=torch.long))) == 0


def test_figures():
    assert auc([3, 2], [1, 2]) == pytest.approx(0.875) and np.isnan(auc([], [1]))
    assert calibration_error([0.1, 0.9], [0.0, 1.0]) == pytest.approx(0.1)
    pairs = [JudgedPair(0, 0, 2, "must", verdict, strength) for verdict, strength in ((2, 0.9), (0, 0.2), (None, 0.95))]
    pairs += [JudgedPair(0, 1, 0, "must", verdict, strength) for verdict, strength in ((0, 0.1), (None, 0.99))]
    assert within_resumes_auc(pairs, 0) == 1 and within_resumes_auc(pairs, None) == 0
    assert mean_ndcg(group_orders(pairs)) == 1 > mean_ndcg(group_orders(pairs, foreign=True))
