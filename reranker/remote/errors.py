"""Define what can go wrong with a server. None of it carries text of a request or an answer: those hold resumes."""


class ServerDown(Exception):
    """The server cannot be reached, hangs, or keeps answering 429 or 5xx: another one may do better."""


class RequestRefused(Exception):
    """The server answered 3xx or 4xx: asking again does not help."""

    def __init__(self, status: int):
        super().__init__(f"HTTP {status}")
        self.status = status


class BadAnswer(Exception):
    """The answer is not JSON of the expected form, or its scores do not belong to the documents one to one."""
