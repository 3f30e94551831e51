"""Drive the page without a browser: buttons pressed over HTTP, and what the page is told."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from preprocess.pipeline import Cleaning
from service.run_state import Order

JOB = "任职要求：\n1. 熟悉 Python，三年以上经验"

_JOIN, _STREAM = "/gradio_api/queue/join", "/gradio_api/queue/data"


def order(pasted: str) -> Order:
    """Return what the button does with this text as the resumes."""
    return Order(JOB, pasted, "粘贴的文本", "", 0, Cleaning())


def press(client: httpx.Client, page: str, button: str, filled: Mapping[str, Any] | None = None, clicked: Any = None) -> None:
    """Click on the element with this id in the page (any word) of this client. `filled` has values of other elements by their ids,
    `clicked` what the page's own script says was clicked.
    """
    config = client.get("/config").json()
    props = {part["id"]: part["props"] for part in config["components"]}
    numbers = {component["elem_id"]: number for number, component in props.items() if component.get("elem_id")}
    values = {numbers[name]: value for name, value in (filled or {}).items()}
    event = next(
        dependency for dependency in config["dependencies"] if dependency["backend_fn"] and dependency["targets"][0][0] == numbers[button]
    )
    data = [values.get(number, props[number].get("value")) for number in event["inputs"]]
    body = {"fn_index": event["id"], "data": data, "event_data": clicked, "trigger_id": numbers[button], "session_hash": page}
    client.post(_JOIN, json=body).raise_for_status()


def told(client: httpx.Client, page: str) -> Iterator[str]:
    """Yield what the page is told, piece by piece, until its events are done; whoever closes this iterator closes the connection."""
    with client.stream("GET", _STREAM, params={"session_hash": page}) as stream:
        for line in stream.raise_for_status().iter_lines():
            if line.startswith("data: "):
                message = json.loads(line.removeprefix("data: "))
                yield json.dumps(message, ensure_ascii=False)
                if message["msg"] == "close_stream":
                    return  # and hang up, as a browser does


def pressed(client: httpx.Client, page: str, button: str, filled: Mapping[str, Any] | None = None, clicked: Any = None) -> str:
    """Press, and return all that the page is told until that is done."""
    press(client, page, button, filled, clicked)
    return "\n".join(told(client, page))
