"""Hold what the routes of the API share."""

from dataclasses import dataclass
from pathlib import Path

from feedback.store.store import Store
from server.api.metrics import Metrics
from server.api.work import Workers
from server.uploads import UploadRoom
from service.model import Model
from settings import Settings


@dataclass(frozen=True)
class ApiParts:
    """Uploads are stored in `folder`, as far as there is `room`. `has_users`: the page asks for a password."""

    model: Model
    store: Store
    settings: Settings
    workers: Workers
    metrics: Metrics
    room: UploadRoom
    folder: Path
    has_users: bool
