"""Compute figures on some groups of data/dev in seconds, while the network is trained."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from reranker.encoder.e5_file import E5File
from reranker.judge.windows import Windower
from training.judge.figures import (
    JudgedPair,
    foreign_strength,
    group_orders,
    mean_ndcg,
    verdict_auc,
    within_resumes_auc,
)
from training.judge.groups import JobGroup, read_groups
from training.judge.losses import combined_scores
from training.judge.network import TrainedJudge

EVERY = 4
"""One in so many groups of dev is looked at."""


@dataclass(frozen=True)
class DevGroup:
    """A group, its own requirements followed by those of the next group of its language, and the windows of its resumes, as token ids."""

    group: JobGroup
    requirements: tuple[tuple[int, ...], ...]
    windows: tuple[tuple[tuple[int, ...], ...], ...]


def dev_sample(limit: int, every: int = EVERY) -> list[DevGroup]:
    """Return one in `every` groups of dev, with windows of at most `limit` tokens."""
    windower = Windower(E5File().tokenizer, limit)
    groups = read_groups("dev")[::every]
    return [
        DevGroup(
            group,
            tuple(windower.requirement(text) for text, _ in (*group.requirements, *following(groups, number).requirements)),
            tuple(tuple(window.ids for window in windower.windows(resume.text)) for resume in group.resumes),
        )
        for number, group in enumerate(groups)
    ]


def following(groups: Sequence[JobGroup], number: int) -> JobGroup:
    """Return the next group of the same language and another trade, in a circle."""
    own = groups[number]
    later = [*groups[number + 1 :], *groups[:number]]
    return next(group for group in later if group.language == own.language and group.trade != own.trade)


@torch.inference_mode()
def dev_figures(network: TrainedJudge, sample: Sequence[DevGroup]) -> str:
    """Return the figures in a line: own requirements, then the control with another job's."""
    network.eval()
    pairs: list[JudgedPair] = []
    all_scores: list[np.ndarray] = []
    for number, item in enumerate(sample):
        kinds = ["must" if is_must else "nice" for _, is_must in item.group.requirements]
        for index, (resume, windows) in enumerate(zip(item.group.resumes, item.windows, strict=True)):
            with torch.autocast("cpu", torch.bfloat16):
                scores, points = network(windows, item.requirements)
            whole = combined_scores(scores, points.logsumexp(dim=2), [len(windows)])[0]
            strengths = torch.sigmoid(whole - network.thresholds[:, None]).mean(dim=0).tolist()
            verdicts = [*resume.verdicts, *[None] * (len(strengths) - len(kinds))]
            foreign_kinds = ["must"] * (len(strengths) - len(kinds))
            pairs += [
                JudgedPair(number, number * 100 + index, resume.label, kind, verdict, strength)
                for kind, verdict, strength in zip([*kinds, *foreign_kinds], verdicts, strengths, strict=True)
            ]
            all_scores.append(whole.numpy())
    return (
        f"AUC of a verdict {verdict_auc(pairs):.3f}, within a resume {within_resumes_auc(pairs, 0):.3f}, "
        f"nDCG@5 {mean_ndcg(group_orders(pairs)):.3f}, spread {np.concatenate(all_scores).std():.2f}; "
        f"control: own against foreign {within_resumes_auc(pairs, None):.3f}, nDCG@5 {mean_ndcg(group_orders(pairs, foreign=True)):.3f}, "
        f"strength of label 2 {foreign_strength(pairs):.2f}"
    )
