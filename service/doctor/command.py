"""Run `./start.sh doctor`: examine this machine and print each finding with its remedy, as text or as one JSON object."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from i18n.arguments import parser_in
from i18n.console import fail
from i18n.texts import Texts, texts
from preprocess.guarded.pool import stop_readers
from service.doctor.examine import examine
from service.doctor.result import CheckResult
from settings import BadSetting, add_flags, asked_language, load_settings

FINE, SOMETHING_WRONG, BAD_USAGE = 0, 1, 2
MARKS = {"ok": "✓", "warn": "!", "fail": "✗", "unchecked": "–"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Examine; return the exit code: 0 if nothing is wrong (warnings are not), 1 if something is, 2 on bad usage."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    words = texts(asked_language(arguments))
    parser = parser_in(words, "./start.sh doctor", words("doctor.command"))
    parser.add_argument("--json", action="store_true", help=words("doctor.json"))
    add_flags(parser, words)
    options = parser.parse_args(arguments)
    try:
        settings = load_settings(vars(options))
    except BadSetting as error:
        return fail(error.sentence(words), BAD_USAGE)
    os.environ.update(HF_HUB_OFFLINE="1", TQDM_DISABLE="1")  # nothing here may ask a hub, and no bars of libraries stand between the lines
    try:
        results = list(examine(settings) if options.json else _printed(examine(settings), words))
    finally:
        stop_readers()
    wrong = sum(result.state == "fail" for result in results)
    if options.json:
        print(json.dumps({"ok": not wrong, "checks": [as_json(result, words) for result in results]}, ensure_ascii=False, indent=2))
    else:
        print(words("doctor.some_wrong", count=wrong) if wrong else words("doctor.all_fine"))
    return SOMETHING_WRONG if wrong else FINE


def _printed(results: Iterable[CheckResult], words: Texts) -> Iterator[CheckResult]:
    """Yield the results, each printed as it comes."""
    for result in results:
        print(
            f"{MARKS[result.state]} {words(f'doctor.name.{result.name}')}{words('doctor.colon')}{result.finding.sentence(words)}",
            flush=True,
        )
        if result.remedy:
            print(f"    → {result.remedy.sentence(words)}", flush=True)
        yield result


def as_json(result: CheckResult, words: Texts) -> dict[str, str | None]:
    """Return a result for programs: `name` and `state` are the same in every language."""
    remedy = result.remedy.sentence(words) if result.remedy else None
    return {"name": result.name, "state": result.state, "finding": result.finding.sentence(words), "remedy": remedy}


if __name__ == "__main__":
    sys.exit(main())
