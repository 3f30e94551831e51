"""How long a bulk run will take: from new scores alone, and from enough of them."""

import re

import pytest

from i18n.texts import texts
from service.bulk import command


def test_scores_known_from_before_a_kill_and_a_single_new_one_make_no_estimate(monkeypatch: pytest.MonkeyPatch):
    clock, said = [0.0], []
    monkeypatch.setattr(command.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(command, "say", said.append)
    tell = command._Teller(texts("zh")).tell
    tell("scoring", 0, 200, False)
    clock[0] = 300.0
    for done in range(1, 85):
        tell("scoring", done, 200, False)  # were looked up, after files had been read for five minutes
    for done in range(85, 89):
        tell("scoring", done, 200, True)
        clock[0] += 12
    estimates = [re.findall("约 (\\d+) 分钟", sentence) for sentence in said]
    assert estimates[:-2] == [[]] * (len(said) - 2) and estimates[-2:] == [["23"], ["22"]]
