"""A server of our own for each test, and the official SDK pointed at it."""

import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import requests
from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ess.v20201111 import ess_client
from tencentcloud.essbasic.v20210526 import essbasic_client

REPOSITORY = Path(__file__).resolve().parents[2]
PDFS = REPOSITORY / "fixtures" / "pdf"
SAMPLE_CONTRACT = REPOSITORY / "mock-server" / "assets" / "sample-contract.pdf"

# Longer than a debug build needs on a busy machine.
START_LIMIT = 20


def binary():
    path = os.environ.get("ESS_TESTS_SERVER")
    if not path:
        raise RuntimeError("ESS_TESTS_SERVER must name the ess-mock binary; tests/run builds it and says where it is")
    return path


class Server:
    """A running ess-mock."""

    def __init__(self, process, port):
        self.process = process
        self.port = port
        self.authority = f"127.0.0.1:{port}"
        self.url = f"http://{self.authority}"
        self.world = self.control("GET", "world")

    def control(self, method, path, body=None, world=None, expect=200):
        """One call of the control API; `world` is a SecretId or an alias."""
        headers = {"X-Mock-World": world} if world else {}
        answer = requests.request(method, f"{self.url}/_mock/{path}", json=body, headers=headers, timeout=60)
        assert answer.status_code == expect, f"{method} /_mock/{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def advance(self, span, world=None):
        """Moves the clock; when this returns, whatever was sent on the way has been answered."""
        moved = self.control("POST", "clock", {"advance": span}, world)
        assert moved["settled"], moved
        return moved

    def settle(self, world=None):
        return self.advance("0s", world)

    def profile(self, method="POST", sign_method=None, language="zh-CN", unsigned_payload=False):
        http = HttpProfile(endpoint=self.authority, protocol="http", reqMethod=method)
        profile = ClientProfile(httpProfile=http, signMethod=sign_method, language=language)
        profile.unsignedPayload = unsigned_payload
        return profile

    def credential(self, world=None):
        world = world or self.world
        return credential.Credential(world["SECRET_ID"], world["SECRET_KEY"])

    def ess(self, key=None, **how):
        return ess_client.EssClient(key or self.credential(), "", self.profile(**how))

    def essbasic(self, key=None, **how):
        return essbasic_client.EssbasicClient(key or self.credential(), "", self.profile(**how))


@contextmanager
def running(*flags):
    """Starts `ess-mock` on a free port with these flags, and ends it."""
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder) / "port"
        log = open(Path(folder) / "log", "w+b")
        command = [binary(), "--listen", "127.0.0.1:0", "--port-file", str(port_file), *flags]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
        try:
            deadline = time.monotonic() + START_LIMIT
            while not port_file.exists():
                assert process.poll() is None, f"ess-mock ended at its start: {said(log)}"
                assert time.monotonic() < deadline, f"ess-mock did not start: {said(log)}"
                time.sleep(0.005)
            server = Server(process, int(port_file.read_text()))
            yield server
            assert process.poll() is None, f"ess-mock ended during the test: {said(log)}"
            assert "panicked" not in said(log), said(log)
        finally:
            process.terminate()
            process.wait(timeout=10)
            log.close()


def said(log):
    log.seek(0)
    return log.read().decode(errors="replace")
