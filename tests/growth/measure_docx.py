"""Run as a program: print, as JSON, the kinds of DOCX whose reading takes more than linear processor time."""

import contextlib
import functools
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from preprocess.document import Unreadable
from preprocess.docx.reader import read_docx
from tests.data.make_hostile import heavy_docx
from tests.growth.clock import is_linear, thread_seconds

SIZE = 400
LEAST_SECONDS = 0.03
"""What takes less at four times the size is affordable whatever its growth."""

_files = functools.cache(heavy_docx)


def seconds(kind: str, size: int) -> float:
    """Return the processor time of reading one file of the kind."""

    def read() -> None:
        with contextlib.suppress(Unreadable):
            read_docx(_files(size)[kind], "x.docx")

    return thread_seconds(read)


def main() -> None:
    kinds = list(_files(SIZE))
    seconds(kinds[0], SIZE)  # what is loaded at first use is loaded now
    growing = [kind for kind in kinds if not is_linear(lambda size, kind=kind: seconds(kind, size), SIZE, LEAST_SECONDS)]
    print(json.dumps({"kinds": len(kinds), "growing": growing}))


if __name__ == "__main__":
    main()
