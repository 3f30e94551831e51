"""What Gradio is given in place of pandas becomes pandas when it is asked for something."""

import importlib
import sys

import pytest

from server.gradio_patches.fast_import import _ImportedWhenUsed


def test_a_module_is_imported_when_it_is_used(monkeypatch: pytest.MonkeyPatch):
    late = _ImportedWhenUsed("sched")
    monkeypatch.setitem(sys.modules, "sched", late)
    with pytest.raises(AttributeError):
        _ = late.__path__
    assert sys.modules["sched"] is late, "what the machinery of imports asks is no use of it"
    scheduler = late.scheduler
    assert sys.modules["sched"] is not late
    assert scheduler is importlib.import_module("sched").scheduler
