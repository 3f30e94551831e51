"""Tell the page of a failed event in one sentence of its own language. Gradio's own tell what was sent, or what could have been."""

import gradio as gr
from gradio.queueing import Event
from gradio.server_messages import EventMessage, ProcessCompletedMessage

from server.language import WordsOf


def fail_in_words(page: gr.Blocks, words_of: WordsOf) -> None:
    """Replace what this page's events would say of their errors. A wrong choice in a list, say, is answered with all that is in it."""
    send = page._queue.send_message

    def send_message(event: Event, event_message: EventMessage) -> None:
        if isinstance(event_message, ProcessCompletedMessage) and not event_message.success:
            words = words_of(event.request.scope)
            event_message.title = words("page.refused")
            event_message.output = {"error": words("page.step_failed"), "title": event_message.title, "visible": True, "duration": 10}
        send(event, event_message)

    page._queue.send_message = send_message
