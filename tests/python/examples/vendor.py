"""The vendor's examples, read from the package that `schemas/regenerate` pins. Nothing of them is kept in the repository."""

import importlib.machinery
import importlib.util
import json
import os
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ess_mock import REPOSITORY

# By service: its version, and where the package has its examples.
VERSIONS = {"ess": "2020-11-11", "essbasic": "2021-05-26"}
EXAMPLES = {service: f"tccli/services/{service}/v{version.replace('-', '')}/examples.json" for service, version in VERSIONS.items()}


@dataclass(frozen=True)
class Example:
    """One documented call: what is sent, and the `Response` that comes back."""

    service: str
    action: str
    number: int
    title: str
    request: dict
    answer: dict

    @property
    def name(self):
        return f"{self.action}-{self.number}"

    @property
    def error(self):
        """Code and message of a refusal; `None` of a success."""
        error = self.answer.get("Error")
        return (error["Code"], error["Message"]) if error else None


def examples():
    """Every example of both services, in the package's order."""
    with zipfile.ZipFile(wheel()) as package:
        services = {service: json.loads(package.read(path))["actions"] for service, path in EXAMPLES.items()}
    return [
        read(service, action, number, raw)
        for service, actions in services.items()
        for action, rows in actions.items()
        for number, raw in enumerate(rows)
    ]


def read(service, action, number, raw):
    head, _, body = raw["input"].partition("\n\n")
    # Some have no blank line between head and body.
    body = body or head[head.index("\n{") :]
    answer = json.loads(raw["output"])["Response"]
    return Example(service, action, number, raw["title"].strip(), json.loads(body), answer)


def wheel():
    """The pinned package, checked against its hash; fetched once and kept under target/."""
    definition = regenerate()
    kept = target() / "vendor" / f"{definition.PACKAGE}-{definition.RELEASE}.whl"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            definition.download(Path(scratch)).rename(kept)
    definition.read_definitions(kept)
    return kept


def regenerate():
    """`schemas/regenerate` as a module: it knows the package, its release and its hash."""
    loader = importlib.machinery.SourceFileLoader("regenerate", str(REPOSITORY / "schemas" / "regenerate"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("regenerate", loader))
    loader.exec_module(module)
    return module


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR") or REPOSITORY / "target")
