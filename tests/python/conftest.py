"""What every test may ask for."""

import pytest

from ess_mock import running
from receiver import Receiver


@pytest.fixture
def server():
    """A server of this test alone, on a clock that stands still."""
    with running("--clock", "frozen") as server:
        yield server


@pytest.fixture
def receiver(server):
    """A callback receiver that the server knows."""
    receiver = Receiver(server.world["CALLBACK_KEY"], server.world["CALLBACK_TOKEN"])
    server.control("POST", "callbacks/addresses", {"url": receiver.url})
    yield receiver
    receiver.close()


@pytest.fixture(scope="module")
def shared_server():
    """For tests that only look, or do not care what others do."""
    with running("--clock", "frozen") as server:
        yield server
