"""Tries to sign in: the newest first, only so many, and gone when retention says so."""

import pytest

from feedback.store import sign_ins as module
from feedback.store.retention import DAY_S, sweep
from feedback.store.sign_ins import FAILED, GOOD, LOCKED, add_sign_in, sign_ins
from feedback.store.store import Store


def test_the_newest_are_kept_and_the_old_ones_go(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_MOST", 2)
    for user, outcome in (("anna", FAILED), ("", LOCKED), ("anna", GOOD)):
        add_sign_in(store, outcome, user, "192.0.2.7")
    kept = sign_ins(store)
    assert [(tried.user, tried.outcome, tried.address) for tried in kept] == [("anna", GOOD, "192.0.2.7"), ("", LOCKED, "192.0.2.7")]
    sweep(store, 30, kept[0].at + 29 * DAY_S, confirmed=True)
    assert len(sign_ins(store)) == 2
    sweep(store, 30, kept[0].at + 31 * DAY_S, confirmed=True)
    assert sign_ins(store) == []
