"""Hold the rubric of the job description in a session's box, with what is open and what was refused, and find it again for a text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from feedback.store.store import Store
from reranker.evidence.forbidden import Forbidden, forbidden
from reranker.rubric.criteria import Rubric, as_parsed, rubric_as_json, rubric_from_json
from reranker.rubric.edits import Refused
from service.job import JobFile
from service.rubric.lawful import lawful
from service.rubric.of_job import JobRubric, rubric_of

MOST_EDITED = 10
"""So many job descriptions keep the changes of their rubric while other ones are in the box."""

MOST_STEPS = 30
"""So many changes can be taken back, the last one first."""


@dataclass(frozen=True)
class Refusal:
    """A refused change: `code` of reranker.rubric.edits.Refused or of a preset, the `text` that was asked for, and the criterion's key."""

    code: str
    text: str = ""
    key: int = 0
    why: Forbidden | None = None


@dataclass
class RubricDesk:
    """`text` is that of the box, `current` its rubric, None for a text that asks for nothing."""

    text: str = ""
    current: JobRubric | None = None
    is_open: bool = False
    refusal: Refusal | None = None
    edited: dict[str, Rubric] = field(default_factory=dict)
    former: list[JobRubric] = field(default_factory=list)
    """What `current` was before each change since its text is in the box."""

    @property
    def rubric(self) -> Rubric | None:
        """The criteria, None if there are none."""
        return self.current.rubric if self.current else None

    def read(self, text: str, file: JobFile | None, max_characters: int, store: Store, user: str | None = None) -> None:
        """Take another text of the box. `user`: of saved rubrics only this user's count."""
        if text == self.text:
            return
        self.current, self.refusal = _checked(rubric_of(text, file, max_characters, store, self.rubric, self.edited, user))
        self.text = text
        self.former = []
        self.is_open = self.is_open and self.current is not None

    def show(self, text: str, rubric: Rubric, version: int = 0) -> None:
        """Show the rubric of a ranking that was opened again, whose job description is `text`."""
        self.text = text
        self.former = []
        self.current, self.refusal = _checked(JobRubric(text, rubric, version) if rubric.criteria else None)
        self.is_open = self.is_open and self.current is not None

    def change(self, rubric: Rubric) -> None:
        """Put another rubric in place of the current one."""
        assert self.current
        self.refusal = None
        if rubric == self.current.rubric:
            return
        self.former = [*self.former, self.current][-MOST_STEPS:]
        self.current = replace(self.current, rubric=rubric, version=0)
        self.edited[self.current.job] = rubric
        for job in list(self.edited)[:-MOST_EDITED]:
            del self.edited[job]

    @property
    def can_step_back(self) -> bool:
        """True if there is a change to take back: after an undo of the page there may be those of another job description."""
        return bool(self.current and self.former and self.former[-1].rubric.parsed == self.current.rubric.parsed)

    def step_back(self) -> None:
        """Take the last change back."""
        if self.can_step_back:
            self.refusal, self.current = None, self.former.pop()
            self.edited[self.current.job] = self.current.rubric

    def refuse(self, refused: Refused, click: Mapping[str, Any]) -> None:
        """Remember why a change was refused, until the next one."""
        key = click.get("key", 0)
        self.refusal = Refusal(refused.code, str(click.get("text", "")), key if isinstance(key, int) else 0, refused.why)

    def saved(self, version: int, user: str, at: float) -> None:
        """Remember under which version the store has the current rubric."""
        if self.current:
            self.current = replace(self.current, version=version, user=user, at=at)
            self.edited.pop(self.current.job, None)

    def clear_names(self, without_names: Callable[[str], str]) -> None:
        """Take the names of an erased person out of the criteria."""

        def cleared(rubric: Rubric) -> Rubric:
            return replace(rubric, criteria=tuple(replace(criterion, text=without_names(criterion.text)) for criterion in rubric.criteria))

        self.edited = {job: cleared(rubric) for job, rubric in self.edited.items()}
        self.refusal, self.former = None, []
        if self.current:
            self.current = replace(self.current, rubric=cleared(self.current.rubric))


def _checked(current: JobRubric | None) -> tuple[JobRubric | None, Refusal | None]:
    """Return a rubric without what the law forbids to ask, and the refusal of the first criterion that counted until now."""
    if current is None:
        return None, None
    rubric, refused = lawful(current.rubric)
    refusals = [Refusal("forbidden", criterion.text, criterion.key, forbidden(criterion.text)) for criterion in refused]
    return replace(current, rubric=rubric), next(iter(refusals), None)


def is_outdated(ranked: Rubric | None, current: Rubric | None) -> bool:
    """Return whether a list would be another one by the current criteria. `ranked` are those it was ranked by, None: as parsed.

    Where neither was changed it would not: that the job description is another one is not said here.
    """
    if current is None:
        return False
    if ranked is None or ranked.is_untouched:
        return not current.ranks_like(as_parsed(current.parsed))
    return not ranked.ranks_like(current)


def desk_as_json(desk: RubricDesk) -> dict[str, Any] | None:
    """Return what of the desk comes back after a restart."""
    current = desk.current
    if current is None:
        return None
    about = {"version": current.version, "user": current.user, "at": current.at}
    return {"text": desk.text, "job": current.job, "rubric": rubric_as_json(current.rubric), **about}


def desk_from_json(kept: Mapping[str, Any] | None) -> RubricDesk:
    """Return the desk that `desk_as_json` wrote. Raise KeyError or TypeError for anything else."""
    if not kept:
        return RubricDesk()
    saved = JobRubric(kept["job"], rubric_from_json(kept["rubric"]), kept["version"], kept["user"], kept["at"])
    current, refusal = _checked(saved)
    assert current
    edited = {} if current.version or current.rubric.is_untouched else {current.job: current.rubric}
    return RubricDesk(kept["text"], current, refusal=refusal, edited=edited)
