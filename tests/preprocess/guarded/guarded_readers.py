"""What the guarded processes of this process have used, for tests that must not depend on how busy the machine is."""

import psutil

from preprocess.guarded.children import NURSERY


def processor_seconds_of_readers() -> float:
    """Of all readers that the nursery has forked and that have ended. A nursery that was ended takes its count with it."""
    assert NURSERY.pid, "no file was read yet"
    times = psutil.Process(NURSERY.pid).cpu_times()
    return times.children_user + times.children_system
