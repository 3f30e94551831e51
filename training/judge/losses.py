"""Compute what the training minimises, for the resumes of one group and some requirements, of which the last ones are of other groups."""

from collections.abc import Sequence

import torch
from torch.nn import functional

from training.judge.examples import TokenSpan

ELSEWHERE = 0.2
"""Weight of a proof in a window that is not the evidence: there may be more evidence than the data name."""
POINTING = 1.0
"""Weight of pointing at the evidence."""


def group_loss(
    scores: torch.Tensor,
    points: torch.Tensor,
    thresholds: torch.Tensor,
    verdicts: torch.Tensor,
    places: Sequence[Sequence[Sequence[TokenSpan]]],
    counts: Sequence[int],
    own: int,
    ranking: float,
) -> torch.Tensor:
    """Return the mean loss of a pair of resume and requirement.

    `scores` (windows, requirements) and `points` (windows, requirements, tokens) are the network's, the windows of all resumes one after
    the other, `counts` of each. `verdicts` and `places` are by resume and requirement; the first `own` requirements are the group's.
    """
    relevance = points.logsumexp(dim=2)
    whole = combined_scores(scores, relevance, counts)
    loss = _ordinal(whole, verdicts, thresholds).mean()
    pointing, parts, start = scores.new_zeros(()), [], 0
    for resume, count in enumerate(counts):
        window_loss = functional.softplus(scores[start : start + count] - thresholds[0])
        is_evidence = torch.zeros_like(window_loss, dtype=torch.bool)
        for requirement in range(own):
            at = places[resume][requirement]
            for target in at:
                is_evidence[target.window, requirement] = verdicts[resume, requirement] > 0
            if at:
                pointing = (
                    pointing + relevance[start : start + count, requirement].logsumexp(dim=0) - _mass(points[start:, requirement], at)
                )
        weight = torch.where(verdicts[resume] > 0, ELSEWHERE, 1.0) * ~is_evidence
        parts.append((window_loss * weight).mean(dim=0))
        start += count
    loss = loss + torch.stack(parts).mean() + POINTING * pointing / verdicts.numel()
    return loss + ranking * ranking_loss(whole[:, :own], verdicts[:, :own]) if ranking else loss


def combined_scores(scores: torch.Tensor, relevance: torch.Tensor, counts: Sequence[int]) -> torch.Tensor:
    """Return the score of each resume on each requirement: that of its windows, by the share of what decides that stands in each."""
    parts = zip(scores.split(list(counts)), relevance.split(list(counts)), strict=True)
    return torch.stack([(of_resume * shares.softmax(dim=0)).sum(dim=0) for of_resume, shares in parts])


def ranking_loss(whole: torch.Tensor, verdicts: torch.Tensor) -> torch.Tensor:
    """Return the mean logistic loss over pairs of resumes with different verdicts on one requirement, 0 without such pairs."""
    is_better = verdicts[:, None] > verdicts[None, :]
    losses = functional.softplus(whole[None, :] - whole[:, None])[is_better]
    return losses.mean() if len(losses) else whole.sum() * 0


def _ordinal(whole: torch.Tensor, verdicts: torch.Tensor, thresholds: torch.Tensor) -> torch.Tensor:
    """Return the cross-entropy of "at least partly" and of "proven"."""
    reached = torch.stack([verdicts >= grade for grade in (1, 2)]).float()
    return functional.binary_cross_entropy_with_logits(whole - thresholds[:, None, None], reached, reduction="none").sum(dim=0)


def _mass(points: torch.Tensor, places: Sequence[TokenSpan]) -> torch.Tensor:
    return torch.cat([points[span.window, span.first : span.last] for span in places]).logsumexp(dim=0)
