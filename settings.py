"""Every knob of the app in one frozen dataclass, read from RERANKER_* variables and flags. Nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

DEFAULT_MODEL = "Qwen/Qwen3-Reranker-0.6B"


@dataclass(frozen=True)
class Settings:
    """Field `batch_size` is set by the variable RERANKER_BATCH_SIZE or the flag --batch-size, and so on for each field."""

    model: str = ""
    """A folder with weights, or a hub id. Empty: Qwen/Qwen3-Reranker-0.6B from the caches or a hub, else the embedded default."""

    offline: bool = False
    """Never ask a hub for weights; use what is on this machine."""

    device: str = "auto"
    """auto, cuda, cuda:N, mps or cpu."""

    precision: str = "auto"
    """auto, fp16, bf16 or fp32."""

    batch_size: int = 0
    """Resumes scored together; 0 chooses by free memory."""

    host: str = "0.0.0.0"
    """Address to listen on; 127.0.0.1 keeps the page to this machine."""

    port: int = 7860
    """Port of the page."""

    auth: str = ""
    """user:password[,user:password…]; empty: no login."""

    language: str = "zh"
    """zh or en: the language of the page and of the command line until the user switches."""

    max_files: int = 200
    """Resumes ranked in one run; the rest are listed as not read."""

    max_file_mb: int = 20
    """Largest file that is opened, in MB."""

    max_characters: int = 300_000
    """Longest text of one resume or JD, in characters."""

    def __post_init__(self):
        checks = (
            ("device", self.device in ("auto", "cuda", "mps", "cpu") or self.device.startswith("cuda:")),
            ("precision", self.precision in ("auto", "fp16", "bf16", "fp32")),
            ("batch_size", 0 <= self.batch_size <= 256),
            ("port", 0 < self.port < 65536),
            ("auth", all(":" in pair.strip(":") for pair in self.auth.split(",")) if self.auth else True),
            ("language", self.language in ("zh", "en")),
            ("max_files", self.max_files > 0),
            ("max_file_mb", self.max_file_mb > 0),
            ("max_characters", self.max_characters > 0),
        )
        for name, fits in checks:
            if not fits:
                shown = "(not shown)" if name == "auth" else repr(getattr(self, name))
                raise BadSetting(f"{flag(name)} / {variable(name)}: {shown} is not a value it can take")

    @property
    def users(self) -> dict[str, str]:
        """User name → password, from `auth`."""
        return dict(pair.split(":", 1) for pair in self.auth.split(",")) if self.auth else {}


class BadSetting(ValueError):
    """A flag or variable has a value that cannot be used; the message names it."""


def flag(name: str) -> str:
    """The command-line flag of a field: batch_size → --batch-size."""
    return "--" + name.replace("_", "-")


def variable(name: str) -> str:
    """The environment variable of a field: batch_size → RERANKER_BATCH_SIZE."""
    return "RERANKER_" + name.upper()


def load_settings(flags: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from flags (None means: not given) over environment variables over defaults. Raises BadSetting."""
    values: dict[str, Any] = {}
    for field in fields(Settings):
        given = (flags or {}).get(field.name)
        if given is None:
            given = environ.get(variable(field.name))
        if given is None or given == "":
            continue
        values[field.name] = _convert(field.name, type(field.default), given)
    return Settings(**values)


def _convert(name: str, kind: type, value: Any) -> Any:
    if kind is bool:
        return str(value).lower() in ("1", "true", "yes", "on")
    try:
        return kind(value)
    except ValueError:
        raise BadSetting(f"{flag(name)} / {variable(name)}: {value!r} is not a {kind.__name__}") from None


EXAMPLES_FOLDER = Path(__file__).parent / "examples"
