"""Say which rank a candidate had before, where that order means something: in an earlier run of the same pile for the same job."""

from collections import Counter
from collections.abc import Mapping

from service.run_state import RunState


def earlier_ranks(run: RunState) -> Mapping[int, int]:
    """Return, by `input_position`, the ranks of the run before, of those who moved.

    {} where that run was for another job or other people: its order is then no measure of this one.
    """
    change, ranking = run.change, run.ranking
    if not change or not ranking or "job" in change.changed or change.only_before or change.only_after:
        return {}
    times = Counter(move.resume_id for move in change.moves)  # of equal texts nobody can say which one moved
    moves = {move.resume_id: move for move in change.moves if times[move.resume_id] == 1 and move.rise}
    return {
        row.input_position: moves[row.id].rank_before
        for row in ranking.rows
        if row.id in moves and moves[row.id].rank_after == row.rank != moves[row.id].rank_before
    }
