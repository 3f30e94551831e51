"""Hold an answer of the app back until it is whole, for middleware that changes it, and send it with another body."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


async def whole_answer(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    """Return the message that the app's answer to a request starts with, and its body. For answers that fit into memory."""
    start: Message = {}
    body = bytearray()

    async def take(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, take)
    return start, bytes(body)


async def send_changed(start: Message, body: bytes, send: Send) -> None:
    """Send an answer that starts with this message with another body."""
    headers = MutableHeaders(raw=start["headers"])
    headers["Content-Length"] = str(len(body))
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})
