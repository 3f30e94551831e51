"""Do what the server does at a click on the page, without a browser."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import gradio as gr


def click(page: gr.Blocks, elem_id: str, *inputs: Any) -> dict[Any, Any]:
    """Call what the first event of a component calls (a click, an upload, …); return the last answer, by elem_id of what changes.

    A tab is named by its id. The event's function may return one value for one output, a tuple for several, or a dictionary by component.
    """
    [block] = [block for block in page.blocks.values() if elem_id in (getattr(block, "elem_id", None), getattr(block, "id", None))]
    event = next(known for known in page.fns.values() if known.fn and any(target == block._id for target, _ in known.targets))
    assert event.fn
    answer = event.fn(*inputs)
    if isinstance(answer, Iterator):
        *_, answer = answer
    if isinstance(answer, AsyncIterator):
        answer = asyncio.run(_last(answer))
    if not isinstance(answer, dict):
        answer = dict(zip(event.outputs, answer if isinstance(answer, tuple) else [answer], strict=True))
    return {component.elem_id or component._id: value for component, value in answer.items()}


async def _last(answers: AsyncIterator[Any]) -> Any:
    return [answer async for answer in answers][-1]
