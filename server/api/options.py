"""Parse the options of requests that rank or read files: the page's switches, under the same names in JSON and in a form."""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from preprocess.pipeline import Cleaning
from server.api.errors import ApiError, BadFields

Options = TypeVar("Options", bound=BaseModel)


class CleaningOptions(BaseModel):
    """The switches that the page has under ⚙. Null is the same as absent."""

    denoise: bool | None = Field(None, description="remove headers, footers, watermarks, rejoin lines (default: true)")
    tech_stack: bool | None = Field(None, description="write technologies by their canonical names (default: true)")
    blind: bool | None = Field(None, description="mask name, gender, age, origin, family, photo and contact before scoring")
    hide_schools: bool | None = Field(None, description="with `blind`: mask the names of schools too")

    @property
    def cleaning(self) -> Cleaning:
        """Return the options as switches of cleaning."""
        return Cleaning(self.denoise is not False, self.tech_stack is not False, bool(self.blind), bool(self.hide_schools))


class RankOptions(CleaningOptions):
    """Options of a ranking, besides its files and texts."""

    instruction: str | None = Field(None, description="what to look for, best in English")
    template: Literal["neutral", "tech", "manager", "graduate"] | None = Field(None, description="a ready instruction")
    company_terms: bool | None = Field(None, description="add a sentence about the accepted company terms to the instruction")
    keep: bool | None = Field(None, description="keep the ranking in the history of the page")
    stream: bool | None = Field(None, description="answer line by line (NDJSON), as with `Accept: application/x-ndjson`")


class RankBody(RankOptions):
    """A ranking as JSON. In a form `job` and `resumes` may be files as well as texts, and each resume is a part of its own."""

    job: str | None = Field(None, description="the job description")
    resumes: list[str | dict[str, str]] | None = Field(None, description='texts, or objects: {"name": …, "text": …}')

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Name and text of each resume; one without a name gets its number. Raise ApiError for an object without a text."""
        named = []
        for number, resume in enumerate(self.resumes or (), start=1):
            given = {"text": resume} if isinstance(resume, str) else resume
            if "text" not in given:
                raise ApiError(400, "api.no_text", index=number - 1)
            named.append((well_formed(given.get("name") or str(number)), well_formed(given["text"])))
        return tuple(named)


def rank_body(fields: Mapping[str, Any], is_form: bool) -> RankBody:
    """Return the body of a ranking from the fields of a request. Raise ApiError if one has the wrong form."""
    return _parsed(RankBody, fields, is_form, lists=("resumes",))


def cleaning_options(fields: Mapping[str, Any], is_form: bool) -> CleaningOptions:
    """Return the switches from the fields of a request. Raise ApiError if one has the wrong form."""
    return _parsed(CleaningOptions, fields, is_form)


def _parsed(kind: type[Options], fields: Mapping[str, Any], is_form: bool, lists: tuple[str, ...] = ()) -> Options:
    values = {name: value if name in lists or not is_form else value[-1] or None for name, value in fields.items()}
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise BadFields(error) from None


def well_formed(text: str) -> str:
    """Return the text with half characters (lone surrogates, which JSON may bring) as question marks, so that it can be sent again."""
    return text.encode("utf-8", "replace").decode()
