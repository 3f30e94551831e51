"""What the server does at a click on the page, without a browser."""

from collections.abc import Iterator
from typing import Any

import gradio as gr


def click(page: gr.Blocks, elem_id: str, *inputs: Any) -> dict[str, Any]:
    """Call what a click on (or an upload to, or a submit of) a component calls; return the last answer, by elem_id of what changes."""
    [block] = [block for block in page.blocks.values() if getattr(block, "elem_id", None) == elem_id]
    [function] = [known.fn for known in page.fns.values() if known.fn and (block._id, known.targets[0][1]) in known.targets]
    answer = function(*inputs)
    if isinstance(answer, Iterator):
        *_, answer = answer
    return {component.elem_id: value for component, value in answer.items()}
