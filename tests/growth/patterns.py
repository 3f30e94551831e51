"""Find every regular expression of the package, with the methods it is used by. Run in a process of its own: it imports everything.

Patterns are recorded as they are compiled: at import, by calls written out in the source (evaluated in their module), and while sample
resumes go through all steps, which is when patterns made of names and lists come about.
"""

import ast
import importlib
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("preprocess", "reranker", "feedback", "service", "server", "ui")
_AT_START = {"match", "fullmatch"}
_IN_TEXT = {"search", "findall", "finditer", "split", "sub", "subn"}
_HARMLESS = {"pattern", "flags", "groups", "groupindex"}


@dataclass(frozen=True)
class Source:
    """Where a pattern is compiled: a file of the package and the line of the call."""

    file: str
    line: int


class Recorder:
    """Notes every pattern that code of the package compiles; `methods` are those by which each is used, as far as can be told."""

    def __init__(self):
        self.sources: dict[tuple[Any, int], set[Source]] = defaultdict(set)
        self.methods: dict[tuple[Any, int], set[str]] = defaultdict(set)
        self._compile = re._compile  # type: ignore[attr-defined]
        re._compile = self._recorded  # type: ignore[attr-defined]

    def _recorded(self, pattern: Any, flags: Any) -> re.Pattern:
        compiled = self._compile(pattern, flags)
        method, caller = sys._getframe(1), sys._getframe(2)
        file = Path(caller.f_code.co_filename)
        if file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] not in (".venv", "tests"):
            self.add(compiled, Source(str(file.relative_to(ROOT)), caller.f_lineno), method.f_code.co_name)
        return compiled

    def add(self, compiled: re.Pattern, source: Source, method: str) -> None:
        key = (compiled.pattern, compiled.flags)
        self.sources[key].add(source)
        if method != "compile":
            self.methods[key].add(method)


def module_files() -> dict[str, Path]:
    """Return the modules of the package."""
    files = [*ROOT.glob("*.py"), *(path for folder in FOLDERS for path in sorted((ROOT / folder).glob("**/*.py")))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in files if path.name != "__init__.py"}


def record_all(recorder: Recorder) -> list[Source]:
    """Record the patterns of all modules. Returns the calls whose pattern is made at run time and was not seen."""
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in module_files().items()}
    calls = {
        name: regex_calls for name, tree in trees.items() if (regex_calls := [node for node in ast.walk(tree) if _is_regex_call(node)])
    }
    modules = {name: importlib.import_module(name) for name in calls}
    unseen = [
        source for name, regex_calls in calls.items() for call in regex_calls for source in _record_call(recorder, call, modules[name])
    ]
    for (module, name), methods in _uses(modules, trees).items():
        pattern = getattr(modules[module], name)
        recorder.methods[pattern.pattern, pattern.flags] |= methods
    return unseen


def seen_at_run_time(recorder: Recorder, unseen: list[Source]) -> list[Source]:
    """Return those of the calls that `record_all` could not evaluate that have compiled nothing since."""
    seen = {source for sources in recorder.sources.values() for source in sources}
    return [call for call in unseen if call not in seen]


def _is_regex_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in {"compile", *_AT_START, *_IN_TEXT}
    )


def _record_call(recorder: Recorder, call: Any, module: Any) -> list[Source]:
    source = Source(str(Path(module.__file__).relative_to(ROOT)), call.lineno)
    flags = [word.value for word in call.keywords if word.arg == "flags"]
    flags += call.args[{"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(call.func.attr, 2) :][:1]
    try:
        pattern, *flag = (eval(compile(ast.Expression(node), "<pattern>", "eval"), vars(module)) for node in (call.args[0], *flags))
    except NameError:
        return [source]
    recorder.add(re.compile(pattern, *flag), source, call.func.attr)
    return []


def _uses(modules: dict[str, Any], trees: dict[str, ast.Module]) -> dict[tuple[str, str], set[str]]:
    """Return by (module, name) of each pattern the methods called on that name; "search" too wherever it is handed on."""
    uses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module, tree in trees.items():
        own = vars(modules[module]) if module in modules else {}
        home = {name: (module, name) for name, value in own.items() if isinstance(value, re.Pattern)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                home |= {
                    name.asname or name.name: (node.module or "", name.name)
                    for name in node.names
                    if isinstance(getattr(modules.get(node.module or ""), name.name, None), re.Pattern)
                }
        called: set[ast.AST] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in home:
                called.add(node.value)
                uses[home[node.value.id]] |= {node.attr} - _HARMLESS
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in home and node not in called:
                uses[home[node.id]].add("search")
    return uses


def is_anchored(methods: set[str]) -> bool:
    """Return whether a pattern is only ever tried at one place of a text."""
    return bool(methods) and methods <= _AT_START
