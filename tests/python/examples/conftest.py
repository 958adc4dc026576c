"""Prints what the documented examples showed."""

from pathlib import Path

import pytest
import yaml

from report import keep, table
from vendor import VERSIONS, target

ROWS = pytest.StashKey()


def pytest_configure(config):
    config.stash[ROWS] = []


@pytest.fixture(scope="session")
def rows(pytestconfig):
    """What was played."""
    return pytestconfig.stash[ROWS]


def pytest_terminal_summary(terminalreporter, config):
    if rows := config.stash[ROWS]:
        folder = Path(__file__).parent
        scope = {service: yaml.safe_load((folder / service / "scope.yaml").read_text("utf-8")) for service in VERSIONS}
        keep(target() / "documented-examples.json", rows)
        terminalreporter.section("documented examples")
        for line in table(rows, scope):
            terminalreporter.line(line)
