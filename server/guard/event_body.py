"""Read the body of an event of the page as far as it is of a known form, and find in it what Gradio takes for paths of files."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.types import Message, Receive, Scope

_MOST_VALUES = 20_000
"""In the JSON of one event. Two hundred files are 2,000; eight megabytes of brackets would be 200 MB of lists."""


class NotPassed(Exception):
    """Raised with the status of the refusal and the key of its message, of [refused] in i18n."""


async def json_body(scope: Scope, receive: Receive) -> dict[str, Any]:
    """Return the object that a request sends as JSON. Raise NotPassed for anything else."""
    try:
        body = json.loads(await Request(scope, receive).body())
    except (ValueError, RecursionError):
        raise NotPassed(400, "body") from None
    if not isinstance(body, dict):
        raise NotPassed(400, "body")
    return body


def known_parts(body: Mapping[str, Any], fn_index: Mapping[int, Any], **names: re.Pattern[str]) -> dict[str, Any]:
    """Return these parts of a body: the number of an existing event, and words of known forms. Raise NotPassed where they are none."""
    number = body.get("fn_index")
    if type(number) is not int or number not in fn_index:  # True is no number
        raise NotPassed(400, "body")
    for key, form in names.items():
        if not isinstance(body.get(key), str) or not form.fullmatch(body[key]):
            raise NotPassed(400, "body")
    known: dict[str, Any] = {key: body[key] for key in names}
    return known | {"fn_index": number}


def paths_in(body: Any) -> Iterator[Any]:
    """Return everything in a body that Gradio may take for the path of a file. Raise NotPassed for more than _MOST_VALUES values."""
    waiting, count = [body], 0
    while waiting:
        element, count = waiting.pop(), count + 1
        if count > _MOST_VALUES:
            raise NotPassed(400, "body")
        if isinstance(element, dict):
            if "path" in element:
                yield element["path"]
            waiting += element.values()
        elif isinstance(element, list):
            waiting += element


def replay(body: bytes, receive: Receive) -> Receive:
    """Return a receive that replays a body that was read, then what else the client sends."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
