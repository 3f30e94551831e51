"""Take the files of a request into a folder of its own, with the limits of the page's uploads; it goes when the request is answered."""

import asyncio
import errno
import json
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Any, BinaryIO

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from preprocess.file_names import shown_name
from server.api.errors import ApiError
from server.guard.limits import MB, brings_files, largest_file
from server.uploads import UploadRoom, upload_problem
from service.pile import MAX_PASTE_BYTES
from settings import Settings

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LONGEST_NAME, _LONGEST_SUFFIX = 200, 20  # bytes; file systems take 255
_LATER = 24 * 3600


@dataclass
class Given:
    """The contents of a request: fields by name, of a form a list for each; and the files of each name. JSON brings no files."""

    is_form: bool
    fields: dict[str, Any] = field(default_factory=dict)
    files: dict[str, list[Path]] = field(default_factory=dict)


@asynccontextmanager
async def given(request: Request, room: UploadRoom, folder: Path, settings: Settings) -> AsyncIterator[Given]:
    """Yield what a JSON or multipart request brought; its files are deleted at the end. Raise ApiError if it is neither, or too much."""
    if not brings_files(request.scope):
        yield Given(False, await json_of(request))
        return
    size = int(request.headers.get("content-length") or largest_file(settings.max_file_mb))  # limits.py has seen that it is a number
    if not await room.take(size):
        raise ApiError(507, "refused.full")
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix="api-", ignore_cleanup_errors=True) as own:
            yield await _form(request, Path(own), settings)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise ApiError(507, "refused.full") from None
    finally:
        room.settle(size, is_stored=False)


async def json_of(request: Request) -> dict[str, Any]:
    """Return the JSON object that a request brought. Raise ApiError if it is none, or does not say so: 415.

    A form of another site's page cannot say that it is JSON without asking the server first.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ApiError(415, "api.content_type")
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise ApiError(400, "api.no_json") from None
    if not isinstance(body, dict):
        raise ApiError(400, "api.no_json")
    return body


async def _form(request: Request, folder: Path, settings: Settings) -> Given:
    result, most = Given(True), largest_file(settings.max_file_mb)
    try:
        parsed = await request.form(max_files=1000, max_fields=1000, max_part_size=MAX_PASTE_BYTES)
    except (FormParserError, HTTPException) as error:
        raise ApiError(400, f"refused.{upload_problem(_said(error)) or 'body'}") from None
    try:
        for number, (name, value) in enumerate(parsed.multi_items()):
            if not isinstance(value, UploadFile):
                result.fields.setdefault(name, []).append(value)
            elif value.filename and PureWindowsPath(value.filename).name in ("", ".."):  # the page refuses such names, too
                raise ApiError(400, "refused.bad_name")
            elif (value.size or 0) > most:
                raise ApiError(413, "refused.file_large", megabytes=most // MB)
            else:
                path = folder / str(number) / _file_name(value.filename or "")
                await asyncio.to_thread(_store, value.file, path)
                await value.close()
                result.files.setdefault(name, []).append(path)
    finally:
        await parsed.close()
    return result


def _said(error: BaseException | None) -> str:
    """Return what an error and those that it came of say: the parser's own words are further down."""
    return f"{error} {_said(error.__cause__ or error.__context__)}" if error else ""


def _file_name(name: str) -> str:
    """Return a name that is safe in any folder, and short enough for it."""
    path = Path(shown_name(name))
    suffix = path.suffix if len(path.suffix.encode()) <= _LONGEST_SUFFIX else ""
    return path.name.removesuffix(suffix).encode()[: _LONGEST_NAME - len(suffix.encode())].decode("utf-8", "ignore") + suffix


def _store(source: BinaryIO, path: Path) -> None:
    path.parent.mkdir()
    with path.open("wb") as target:
        shutil.copyfileobj(source, target)
    later = time.time() + _LATER
    os.utime(path, (later, later))  # the folder of uploads is cleared of what is old
