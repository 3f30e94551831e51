"""Define all settings in one frozen dataclass, read from RERANKER_* variables and flags. Nothing else reads the environment."""

import argparse
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path
from typing import Any

from i18n.texts import LANGUAGES, Texts, texts

ROOT = Path(__file__).resolve().parent

MIN_PASSWORD = 8
"""Characters. Whoever reaches the page can guess passwords, however slowly; see server/auth/lockout.py."""


@dataclass(frozen=True)
class Settings:
    """Field `batch_size` is set by the variable RERANKER_BATCH_SIZE or the flag --batch-size, and so on for each field.

    What each means is said in the text tables, as `settings.batch_size`.
    """

    model: str = ""
    offline: bool = False
    device: str = "auto"
    precision: str = "auto"
    batch_size: int = 0
    host: str = "0.0.0.0"
    port: int = 7860
    root_path: str = ""
    auth: str = ""
    users: str = ""
    allowed_host: str = ""
    trusted_proxy: str = ""
    language: str = "zh"
    feedback: str = str(ROOT / "feedback")
    retention_days: int = 30
    keep_files: bool = False
    watch: str = ""
    pool_days: int = 0
    pool_purpose: str = ""
    private_runs: bool = False
    max_files: int = 200
    max_file_mb: int = 20
    max_characters: int = 300_000

    # Servers that `model` names by URL.
    allow_remote: bool = False
    remote_key: str = field(default="", repr=False)

    follows_browser: bool = False
    """True if nobody chose a language, so that the page speaks each browser's: `load_settings` sets it."""

    def __post_init__(self):
        """Raise BadSetting if a value cannot be used."""
        for name, (least, most) in _RANGES.items():
            if not least <= getattr(self, name) <= (most or getattr(self, name)):
                raise _out_of_range(name, getattr(self, name))
        for name, choices in _CHOICES.items():
            value = getattr(self, name)
            if value not in choices and not ("cuda:N" in choices and re.fullmatch(r"cuda:\d+", value)):
                raise BadSetting(name, "choice", choices=", ".join(choices), value=value)
        if self.auth and not all(all(pair.partition(":")[::2]) for pair in self.auth.split(",")):
            raise BadSetting("auth", "auth_form")
        for given in self.watch.split(os.pathsep):
            if given.strip() and not given.rpartition("=")[2].strip():
                raise BadSetting("watch", "watch_empty", value=given)
        for _, folder in self.watched:
            if Path(self.feedback).resolve().is_relative_to(folder.resolve()):
                raise BadSetting("watch", "watch_feedback", value=str(folder))
        if bool(self.pool_days) != bool(self.pool_purpose.strip()):
            raise BadSetting("pool_days", "pool_both")
        if 0 < self.retention_days < self.pool_days:
            raise BadSetting("pool_days", "pool_longer", days=self.pool_days, kept=self.retention_days)
        if self.private_runs and not self.users:
            raise BadSetting("private_runs", "private_users")
        if not re.fullmatch(r"(/[\w.~-]+)*", self.root_path, re.ASCII):
            raise BadSetting("root_path", "root_path", value=self.root_path)
        for name in self.host_names:
            if not re.fullmatch(r"[^/:\s]+", name):
                raise BadSetting("allowed_host", "allowed_host", value=name)
        for address in self.trusted_proxies:
            if not _is_address(address):
                raise BadSetting("trusted_proxy", "trusted_proxy", value=address)

    @property
    def passwords(self) -> dict[str, str]:
        """User name → password, from `auth`."""
        return dict(pair.split(":", 1) for pair in self.auth.split(",")) if self.auth else {}

    @property
    def watched(self) -> list[tuple[str, Path]]:
        """Name → folder of each that `watch` names; without a name of its own it has that of its folder."""
        named = [given.rpartition("=") for given in self.watch.split(os.pathsep) if given.strip()]
        return [(name.strip() or Path(folder).resolve().name or folder, Path(folder)) for name, _, folder in named]

    @property
    def host_names(self) -> list[str]:
        """The names of `allowed_host`."""
        return [name for name in map(str.strip, self.allowed_host.split(",")) if name]

    @property
    def trusted_proxies(self) -> list[str]:
        """The addresses and networks of `trusted_proxy`."""
        return [address for address in map(str.strip, self.trusted_proxy.split(",")) if address]


_RANGES: dict[str, tuple[int, int | None]] = {
    "batch_size": (0, 256),
    "port": (1, 65535),
    "retention_days": (0, None),
    "pool_days": (0, None),
    "max_files": (1, None),
    "max_file_mb": (1, None),
    "max_characters": (1, None),
}
"""The least and the greatest value of each number; None: as large as one likes."""

WITHOUT_FLAG = {"follows_browser", "remote_key"}
"""Everybody on the machine can read the flags of a program: RERANKER_REMOTE_KEY is a variable only."""

REPEATED = {"watch"}
"""Flags that may be given several times; their values are joined as those of PATH are."""

_CHOICES = {
    "device": ("auto", "cuda", "cuda:N", "mps", "cpu"),
    "precision": ("auto", "fp16", "bf16", "fp32", "int8"),
    "language": tuple(LANGUAGES),
}


class BadSetting(ValueError):
    """A flag or variable has a value that cannot be used. `code` and `values` make the sentence `bad_setting.CODE` of the text tables."""

    def __init__(self, name: str, code: str, **values: Any):
        super().__init__(name, code)
        self.name, self.source, self._code, self._values = name, _flag(name), code, values

    def sentence(self, words: Texts) -> str:
        """Return in words what is wrong and what would do, with the flag, or with the variable if the value came from there."""
        return words(f"bad_setting.{self._code}", flag=self.source, **self._values)

    def __str__(self) -> str:
        return self.sentence(texts("en"))


def add_flags(parser: argparse.ArgumentParser, words: Texts, *names: str) -> None:
    """Add the flags of the named fields (of all if none is named) to a parser; an absent flag parses to None."""
    for knob in fields(Settings):
        if knob.name in WITHOUT_FLAG or (names and knob.name not in names):
            continue
        meaning = words(f"settings.{knob.name}").replace("%", "%%")
        if isinstance(knob.default, bool):
            parser.add_argument(_flag(knob.name), action="store_const", const=True, help=meaning)
        else:
            action = "append" if knob.name in REPEATED else "store"
            parser.add_argument(_flag(knob.name), action=action, metavar=knob.name.upper(), help=meaning)


def load_settings(flags: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings from flags, else variables, else defaults. Flags that are None or name no field are ignored.

    Raise BadSetting if a value cannot be used.
    """
    values: dict[str, Any] = {}
    by_variable = set()
    try:
        for knob in fields(Settings):
            given = (flags or {}).get(knob.name)
            if given is None and knob.name != "follows_browser" and (given := environ.get(_variable(knob.name))):
                by_variable.add(knob.name)
            if isinstance(given, list):
                given = os.pathsep.join(given)
            if given not in (None, ""):
                values[knob.name] = _convert(knob.name, type(knob.default), given)
        if "language" not in values:
            values |= {"language": _locale_language(environ), "follows_browser": True}
        return Settings(**values)
    except BadSetting as error:
        if error.name in by_variable:
            error.source = _variable(error.name)
        raise


def asked_language(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """Return the language of a command line before it is parsed, for its help and for what is wrong with it."""
    flagged = [argument.partition("=")[2] for argument in arguments if argument.startswith("--language=")]
    flagged += [value for flag, value in pairwise(arguments) if flag == "--language"]
    asked = [*flagged, environ.get(_variable("language"), "")]
    return next((language for language in asked if language in LANGUAGES), _locale_language(environ))


def _locale_language(environ: Mapping[str, str]) -> str:
    """Return the language that the system's locale names; Chinese if it names neither of ours ("C" names none)."""
    locale = next(filter(None, (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return next((language for language in LANGUAGES if locale.lower().startswith(language)), "zh")


def _is_address(text: str) -> bool:
    """Return whether this is an IP address or network, as the server takes it."""
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _variable(name: str) -> str:
    return "RERANKER_" + name.upper()


def _out_of_range(name: str, value: Any) -> BadSetting:
    least, most = _RANGES[name]
    return BadSetting(name, "range" if most else "least", least=least, most=most, value=value)


def _convert(name: str, kind: type, value: Any) -> Any:
    if kind is bool:
        return str(value).lower() in ("1", "true", "yes", "on")
    try:
        return kind(value)
    except ValueError:
        raise _out_of_range(name, value) from None
