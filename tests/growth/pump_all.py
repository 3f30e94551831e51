"""Run as a program: pump every pattern of the package and print, as JSON, which of them take more than linear processor time."""

import json
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.growth.patterns import Recorder, is_anchored, record_all, seen_at_run_time
from tests.growth.pumps import Pump, pumps, text_of

SHORT, LONG = 6_000, 12_000
MOST = 3.0
"""Time at 12,000 characters over that at 6,000; linear is 2, quadratic 4."""
LEAST_SECONDS = 0.008
"""Below this at 12,000 characters a pattern is fast whatever its growth: the clock and the caches say more than it does."""


def seconds(pattern: re.Pattern, methods: set[str], text: str) -> float:
    """Return the processor time of the pattern over a text, by the methods it is used by."""
    subject = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    start = time.thread_time()
    if is_anchored(methods):
        for method in methods:
            getattr(pattern, method)(subject)
    else:
        for _ in pattern.finditer(subject):
            pass
    return time.thread_time() - start


def growth(pattern: re.Pattern, methods: set[str], pump: Pump) -> float:
    """Return how many times as long a text of twice the length takes; 0 where a short one shows that there is nothing to measure."""
    few = seconds(pattern, methods, text_of(pump, 500))
    if few < 0.000_02 or seconds(pattern, methods, text_of(pump, 1_500)) < 4.5 * few:
        return 0.0
    ratio = MOST + 1
    for _ in range(3):  # noise makes a run longer, never shorter, and a repeated measurement does not excuse a real one
        short = min(seconds(pattern, methods, text_of(pump, SHORT)) for _ in range(2))
        long = seconds(pattern, methods, text_of(pump, LONG))
        ratio = min(ratio, long / short) if long >= LEAST_SECONDS else 0.0
        if ratio <= MOST:
            break
    return ratio


def main() -> None:
    recorder = Recorder()  # before the package is imported
    unknown = record_all(recorder)
    from tests.growth.samples import go_through

    go_through()
    growing = []
    for (source, flags), sites in recorder.sources.items():
        pattern = re.compile(source, flags)
        for pump in pumps(pattern):
            if (ratio := growth(pattern, recorder.methods[source, flags], pump)) > MOST:
                where = min((site.file, site.line) for site in sites)
                growing.append(f"{where[0]}:{where[1]} {str(source)[:60]!r} on {pump}: {ratio:.1f} times as long")
                break
    unseen = [f"{site.file}:{site.line}" for site in seen_at_run_time(recorder, unknown)]
    print(json.dumps({"patterns": len(recorder.sources), "growing": growing, "unseen": unseen}))


if __name__ == "__main__":
    main()
