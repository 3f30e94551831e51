"""Define all settings in one frozen dataclass, read from RERANKER_* variables and flags. Nothing else reads the environment."""

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent


def _knob(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"help": meaning})


@dataclass(frozen=True)
class Settings:
    """Field `batch_size` is set by the variable RERANKER_BATCH_SIZE or the flag --batch-size, and so on for each field."""

    model: str = _knob("", "a folder with weights, a hub id, or 'embedded'; default: Qwen3-Reranker-0.6B, else the embedded stand-in")
    offline: bool = _knob(False, "never ask a hub for weights; use what is on this machine")
    device: str = _knob("auto", "auto, cuda, cuda:N, mps or cpu")
    precision: str = _knob("auto", "auto, fp16, bf16, fp32, or int8 (CPU only)")
    batch_size: int = _knob(0, "resumes scored together; 0 chooses by free memory")
    host: str = _knob("0.0.0.0", "address to listen on; 127.0.0.1 keeps the page to this machine")
    port: int = _knob(7860, "port of the page")
    auth: str = _knob("", "user:password[,user:password...]; empty: no login")
    users: str = _knob("", "a file of users that may sign in, made by ./start.sh user add NAME --users FILE")
    allowed_host: str = _knob("", "name[,name...] by which browsers reach this server, besides its addresses and the machine's own name")
    trusted_proxy: str = _knob("", "address[,address...] of the proxy that does TLS; its X-Forwarded-For and -Proto are believed")
    language: str = _knob("zh", "zh or en: language of the page and of the command line until a person switches")
    feedback: str = _knob(str(ROOT / "feedback"), "the folder of labels and learned weights; label files put there are imported")
    retention_days: int = _knob(30, "days after which a ranking, and a candidate whose last one it was, are deleted; 0: never")
    keep_files: bool = _knob(False, "keep the resume files themselves with the stored resumes, to look at them beside their text")
    max_files: int = _knob(200, "resumes ranked in one run; the rest are listed as not read")
    max_file_mb: int = _knob(20, "largest file that is opened, in MB")
    max_characters: int = _knob(300_000, "longest text of one resume or job description, in characters")

    def __post_init__(self):
        fits = {
            "device": self.device in ("auto", "cuda", "mps", "cpu") or self.device.startswith("cuda:"),
            "precision": self.precision in ("auto", "fp16", "bf16", "fp32", "int8"),
            "batch_size": 0 <= self.batch_size <= 256,
            "port": 0 < self.port < 65536,
            "auth": not self.auth or all(all(pair.partition(":")[::2]) for pair in self.auth.split(",")),
            "language": self.language in ("zh", "en"),
            "retention_days": self.retention_days >= 0,
            "max_files": self.max_files > 0,
            "max_file_mb": self.max_file_mb > 0,
            "max_characters": self.max_characters > 0,
        }
        for name, good in fits.items():
            if not good:
                raise BadSetting(name, "(not shown)" if name == "auth" else repr(getattr(self, name)))

    @property
    def passwords(self) -> dict[str, str]:
        """User name → password, from `auth`."""
        return dict(pair.split(":", 1) for pair in self.auth.split(",")) if self.auth else {}

    @property
    def host_names(self) -> list[str]:
        """The names of `allowed_host`."""
        return [name for name in map(str.strip, self.allowed_host.split(",")) if name]


class BadSetting(ValueError):
    """A flag or variable has a value that cannot be used; the message names it."""

    def __init__(self, name: str, shown: str):
        super().__init__(f"{_flag(name)} / {_variable(name)}: {shown} cannot be used; it takes: {HELP[name]}")


HELP = {knob.name: knob.metadata["help"] for knob in fields(Settings)}


def add_flags(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add the flags of the named fields (of all if none is named) to a parser; an absent flag parses to None."""
    for knob in fields(Settings):
        if names and knob.name not in names:
            continue
        if isinstance(knob.default, bool):
            parser.add_argument(_flag(knob.name), action="store_const", const=True, help=HELP[knob.name])
        else:
            parser.add_argument(_flag(knob.name), metavar=knob.name.upper(), help=HELP[knob.name])


def load_settings(flags: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings from flags, else variables, else defaults. Flags that are None or name no field are ignored.

    Raise BadSetting if a value cannot be used.
    """
    values: dict[str, Any] = {}
    for knob in fields(Settings):
        given = (flags or {}).get(knob.name)
        if given is None:
            given = environ.get(_variable(knob.name))
        if given not in (None, ""):
            values[knob.name] = _convert(knob.name, type(knob.default), given)
    return Settings(**values)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _variable(name: str) -> str:
    return "RERANKER_" + name.upper()


def _convert(name: str, kind: type, value: Any) -> Any:
    if kind is bool:
        return str(value).lower() in ("1", "true", "yes", "on")
    try:
        return kind(value)
    except ValueError:
        raise BadSetting(name, repr(value)) from None
