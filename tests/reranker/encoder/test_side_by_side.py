"""Texts shared out among threads: nothing lost or out of order, one thread a product, other threads and forked processes unharmed."""

import os
import threading

import pytest
import torch

from reranker.encoder.side_by_side import in_shares


def doubled(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


@pytest.mark.parametrize("sizes", [[], [5], [1, 900, 3, 3, 70, 2, 64], [1000] * 9], ids=["none", "one", "uneven", "large"])
@pytest.mark.parametrize("most", [1, 100, 10_000])
def test_each_text_gets_its_result_in_the_order_given(sizes: list[int], most: int):
    texts = list(range(len(sizes)))
    assert in_shares(doubled, texts, sizes, most) == doubled(texts)


def test_what_goes_wrong_in_a_share_is_raised_and_the_next_call_works():
    def fails(numbers: list[int]) -> list[int]:
        raise ValueError(numbers)

    with pytest.raises(ValueError, match="7"):
        in_shares(fails, [7], [1], 100)
    assert in_shares(doubled, [1, 2, 3], [1, 1, 1], 100) == [2, 4, 6]


def test_only_its_own_threads_multiply_by_themselves():
    usual = torch.get_num_threads()

    def seen(numbers: list[int]) -> list[tuple[int, bool, bool]]:
        return [(torch.get_num_threads(), torch.is_inference_mode_enabled(), threading.current_thread() is caller) for _ in numbers]

    caller = threading.current_thread()
    assert set(in_shares(seen, range(8), [9] * 8, 20)) == {(1, True, False)}
    later: list[int] = []
    thread = threading.Thread(target=lambda: later.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    assert torch.get_num_threads() == usual == later[0]


def test_a_forked_process_starts_its_own_threads():
    assert in_shares(doubled, [1], [1], 100) == [2]
    child = os.fork()
    if not child:
        os._exit(0 if in_shares(doubled, [3, 4], [1, 1], 100) == [6, 8] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
