"""Open the engine behind HTTP: resolve the servers, recognise and check each, and say where resumes go."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reranker.engine import EngineInfo, EngineOptions
from reranker.notice import NoCheckpoint, NoSuchModel, Notice
from reranker.qwen3.prompt import PromptTokenizer
from reranker.qwen3.tokenizer_file import find_tokenizer
from reranker.remote.connection import PATIENCE, BadAnswer, Connection, Patience, RequestRefused, ServerDown
from reranker.remote.defuse import Defuser
from reranker.remote.engine import MOST_DOCUMENTS, RemoteEngine
from reranker.remote.pool import IN_FLIGHT, ServerPool
from reranker.remote.recognise import KEY_REFUSED, About, recognise
from reranker.remote.routes import log_odds, scale_of
from reranker.remote.self_check import Check, Checked, check, golden_values, remedy_for
from reranker.remote.server import Asker, PromptWriter, Server
from reranker.remote.target import Resolve, Target, addresses_of, is_private, parse_targets, resolve

SECONDS_PER_REQUEST = 2.0
"""Seconds that a request should take: news come that often, and a stop takes effect."""
SAME_SCORES = 0.1
"""Log-odds by which the golden texts may differ between servers that are said to be the same: 16 bits and other hardware."""


def open_remote(options: EngineOptions, resolve: Resolve = resolve, patience: Patience = PATIENCE, check: Check = check) -> RemoteEngine:
    """Return the engine on the servers that `options.model` names. `check` judges the first that answers.

    Those that are down now are asked again later. Raise NoSuchModel for a URL or address that is not allowed, NoCheckpoint if no server
    answers or the scores of all would mean nothing.
    """
    targets = parse_targets(options.model)
    for target in targets:
        _check_address(target, options, resolve)
    opener = _Opener(find_tokenizer(options.offline, options.say), options, resolve, patience, check)
    opened: dict[Target, Server | None] = {}
    problems = []
    for target in targets:
        try:
            opened[target] = opener.first_or_same(target)
        except NoCheckpoint as error:
            opened[target] = None
            problems.append(error)
    if len(problems) == len(opened):
        raise problems[0]
    for problem in problems:
        options.say(problem.notice)
    return opener.engine(opened)


def _check_address(target: Target, options: EngineOptions, resolve: Resolve) -> None:
    """Raise NoSuchModel if the target may not be sent anything; say if it would be sent resumes in the open through other networks."""
    try:
        addresses = addresses_of(target, options.allow_remote, resolve)
    except NoSuchModel:
        raise
    except NoCheckpoint:  # its name is not known now
        return
    if target.scheme == "http" and not all(map(is_private, addresses)):
        options.say(Notice("remote_unencrypted", server=target.name))


class _Opener:
    """Connects to servers. The first that can be used is checked and decides; any other must give the same scores."""

    def __init__(self, tokenizer_file: Path, options: EngineOptions, resolve: Resolve, patience: Patience, check: Check):
        self._options, self._resolve, self._patience, self._check = options, resolve, patience, check
        self._tokenizer = PromptTokenizer(tokenizer_file)
        self._defuser = Defuser(self._tokenizer.control_tokens)
        self._first: tuple[Server, Checked] | None = None

    def first_or_same(self, target: Target) -> Server:
        """Return the server. Raise NoCheckpoint if it cannot be used now, or not beside the first one."""
        server, values = self._connected(target)
        if self._first is None:
            self._first = server, self._check(Asker(server, self._writer(server)), values)
        else:
            first, checked = self._first
            scores = [log_odds(value, server.scale) for value in values]
            is_same = (server.route, server.about.max_tokens) == (first.route, first.about.max_tokens) and all(
                abs(score - golden) <= SAME_SCORES for score, golden in zip(scores, checked.golden, strict=True)
            )
            if not is_same:  # NaN is never the same
                raise NoCheckpoint("remote_differs", server=target.name, first=first.name)
        return server

    def engine(self, opened: Mapping[Target, Server | None]) -> RemoteEngine:
        """Return the engine on these servers, of which one was checked; None: down for now."""
        assert self._first
        (server, checked), say = self._first, self._options.say
        targets = {target.name: target for target in opened}
        names = ", ".join(targets)
        if not checked.heeds_instruction:
            say(Notice("remote_instruction_fixed", server=server.name))
        say(Notice("remote_connected", servers=names, route=_label(server), model=server.about.model))

        def connect_again(name: str) -> Server | None:
            try:
                return self.first_or_same(targets[name])
            except NoCheckpoint as error:
                say(error.notice)
                return None

        pool = ServerPool(
            [(target.name, each) for target, each in opened.items()], connect_again, lambda name: say(Notice("remote_down", server=name))
        )
        info = self._info(server, checked, names, next(iter(targets)), len(targets))
        return RemoteEngine(info, self._writer(server), pool, len(targets))

    def _info(self, server: Server, checked: Checked, names: str, first: str, servers: int) -> EngineInfo:
        about = server.about
        parts = (about.software, about.model, about.weights, server.route.name, first)
        documents = max(1, min(MOST_DOCUMENTS, int(SECONDS_PER_REQUEST / max(checked.seconds_per_document, 1e-3))))
        return EngineInfo(
            name=about.model.rsplit("/", 1)[-1] or about.software,
            device=names,
            dtype=_label(server),
            max_tokens=about.max_tokens,
            batch_size=self._options.batch_size or min(MOST_DOCUMENTS, documents * IN_FLIGHT) * servers,
            fingerprint=hashlib.sha256(json.dumps(parts).encode()).hexdigest(),
            score_scale="probability" if about.has_probability else "relative",
            heeds_instruction=checked.heeds_instruction,
            is_fallback=about.is_fallback,
            sends_to=names,
        )

    def _connected(self, target: Target) -> tuple[Server, list[float]]:
        """Return the server with the first of its routes that works, and its golden values. Raise NoCheckpoint if none does."""
        connection, about = self._recognised(target)
        for route in about.routes:
            server = Server(connection, about, route, "log_odds")
            try:
                values = golden_values(Asker(server, self._writer(server)))
            except ServerDown as error:
                raise NoCheckpoint("remote_silent", server=target.name, problem=str(error)) from None
            except RequestRefused as error:
                if error.status in KEY_REFUSED:
                    raise NoCheckpoint("remote_key", server=target.name) from None
            except BadAnswer:
                pass
            else:
                return (server if route.takes_ids else replace(server, scale=scale_of(values))), values
        raise NoCheckpoint("remote_no_route", server=target.name, remedy=remedy_for(about.software))

    def _recognised(self, target: Target) -> tuple[Connection, About]:
        """Return a connection to the first address of the target that answers: a name often has one of IPv6 where nobody listens."""
        silent = None
        for address in addresses_of(target, self._options.allow_remote, self._resolve):
            connection = Connection(target, address, self._options.remote_key, self._patience)
            try:
                return connection, recognise(connection)
            except NoCheckpoint as error:
                if error.notice.code != "remote_silent":
                    raise
                silent = silent or error
        assert silent
        raise silent

    def _writer(self, server: Server) -> PromptWriter:
        return PromptWriter(self._tokenizer.with_limit(server.about.max_tokens), self._defuser, server.route.takes_ids)


def _label(server: Server) -> str:
    return f"{server.about.software} {server.route.name}".strip()
