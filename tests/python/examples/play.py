"""One example against the server: its world, its call, and what differs from the documented answer."""

import json
from dataclasses import dataclass, field

import requests
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from shape import differences
from vendor import VERSIONS
from wire import Recorder


@dataclass
class Outcome:
    """What an example's play showed."""

    differences: list = field(default_factory=list)
    fidelity: str | None = None


def play(server, example, world):
    """Plays the example in a world of its own, signed and sent by the official SDK."""
    answer = requests.post(f"{server.url}/_mock/worlds", json={"from": world}, timeout=60)
    made = answer.json()
    if not answer.ok:
        return Outcome([f"its world cannot be: {made['error']}"])
    credential = Credential(made["SECRET_ID"], made["SECRET_KEY"])
    client = CommonClient(example.service, VERSIONS[example.service], credential, "", profile=server.profile())
    recorder = Recorder(client)
    try:
        client.call_json(example.action, example.request)
    except TencentCloudSDKException:
        assert recorder.bodies, "the SDK sent nothing"
    answer = json.loads(recorder.bodies[-1])["Response"]
    return Outcome(compared(example, answer), recorder.fidelity)


def compared(example, answer):
    """The same code and message, or the same fields."""
    error = answer.get("Error")
    got = (error["Code"], error["Message"]) if error else None
    if got != example.error:
        return [f"answered {outcome(got)}, not {outcome(example.error)}"]
    return differences(example.answer, answer)


def outcome(error):
    return f"{error[0]}: {error[1]}" if error else "a success"
