"""Same seed, frozen clock, same calls: the same bytes, whatever else goes on."""

from urllib.parse import urlsplit

import requests

from ess_mock import running
from receiver import Receiver
from story import PERSON, SUPPLIERS_SIGNER, Story
from wire import Recorder

FLAGS = ["--clock", "frozen=2027-01-01T00:00:00+08:00", "--public-url", "http://ess.example"]


def play(receiver, between=lambda server: None, seed=7):
    """A contract's life on a server of its own; answers the raw answers and the FlowId."""
    with running(*FLAGS, "--seed", str(seed)) as server:
        server.control("POST", "callbacks/addresses", {"url": receiver.url})
        client = server.ess()
        recorder, story = Recorder(client), Story(server, client)
        between(server)
        flow = story.create()
        for signer, kind in [(SUPPLIERS_SIGNER, 0), (PERSON, 1)]:
            between(server)
            here = urlsplit(story.sign_url(flow, signer, kind))._replace(netloc=server.authority)
            page = requests.get(here.geturl(), allow_redirects=False, timeout=30)
            target = urlsplit(requests.compat.urljoin(here.geturl(), page.headers["Location"]))
            signed = requests.post(target._replace(netloc=server.authority).geturl(), json={"action": "sign"}, timeout=30)
            assert signed.status_code == 200, signed.text
        between(server)
        server.advance("10s")
        story.brief(flow)
        story.info(flow)
        story.download_url(flow)
        return recorder.bodies, flow


def receivers():
    return Receiver("DemoCallbackKey0DemoCallbackKey1", "demo-callback-token")


def test_two_runs_answer_and_call_back_with_the_same_bytes():
    receiver = receivers()
    first, _ = play(receiver)
    called_back = [one.body for one in receiver.callbacks]
    receiver.callbacks.clear()
    second, _ = play(receiver)
    receiver.close()

    assert len(first) > 5 and len(called_back) == 7
    assert first == second
    assert called_back == [one.body for one in receiver.callbacks]


def test_another_seed_gives_other_ids():
    receiver = receivers()
    _, flow = play(receiver)
    _, other = play(receiver, seed=8)
    receiver.close()

    assert flow != other


def test_polling_shifts_no_id():
    receiver = receivers()
    _, quiet = play(receiver)

    def poll(server):
        story = Story(server)
        story.call("CreateSchemeUrl")
        for flow in server.control("GET", "flows"):
            story.brief(flow["id"])

    _, polled = play(receiver, between=poll)
    receiver.close()

    assert quiet == polled


def test_another_world_at_work_shifts_no_id():
    receiver = receivers()
    _, alone = play(receiver)

    def work_elsewhere(server):
        other = server.control("POST", "worlds", {})
        Story(server, server.ess(server.credential(other))).one_person()

    _, beside = play(receiver, between=work_elsewhere)
    receiver.close()

    assert alone == beside
