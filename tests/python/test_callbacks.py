"""Callbacks reach every kind of receiver, and no receiver disturbs another."""

import pytest

from receiver import Receiver
from story import Story

KEY, TOKEN = "0123456789abcdef0123456789ABCDEF", "a token of this test"


@pytest.fixture
def add_receiver(server):
    """Adds a receiver with a key of its own to the world."""
    receivers = []

    def add(**address):
        receiver = Receiver(KEY, TOKEN)
        receivers.append(receiver)
        server.control("POST", "callbacks/addresses", {"url": receiver.url, "key": KEY, "token": TOKEN, **address})
        return receiver

    yield add
    for receiver in receivers:
        receiver.close()


def test_a_legacy_address_gets_the_bare_base64_of_a_bare_message(server, add_receiver):
    legacy = add_receiver(generation="legacy")

    flow = Story(server).one_person()
    server.settle()

    change = next(one for one in legacy.callbacks if "MsgType" not in one.plaintext)
    assert change.headers["Content-Type"] == "text/plain"
    assert not change.body.startswith(b"{") and b"\n" not in change.body
    assert (change.plaintext["FlowId"], change.plaintext["Operate"]) == (flow, "start")
    assert [one.plaintext["MsgType"] for one in legacy.callbacks if "MsgType" in one.plaintext] == ["FlowCost"]


def test_every_address_gets_every_message_under_its_own_key(server, receiver, add_receiver):
    other = add_receiver()

    Story(server).one_person()
    server.settle()

    assert receiver.messages and not receiver.refused and not other.refused
    told = [(one["MsgId"], one["MsgType"]) for one in receiver.messages]
    assert told == [(one["MsgId"], one["MsgType"]) for one in other.messages], "one message, one id, whoever gets it"


def test_the_request_is_what_the_vendors_sender_sends(server, receiver):
    Story(server).one_person()
    server.settle()

    headers = receiver.callbacks[0].headers
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"] == "Go-http-client/1.1"
    assert receiver.callbacks[0].body.startswith(b'{"encrypt":"')


def test_a_receiver_that_fails_is_asked_again_five_times(server, receiver):
    receiver.answer = 500
    Story(server).one_person()
    server.advance("1m")

    rows = server.control("GET", "callbacks/deliveries?type=BillingUse")
    assert [row["state"] for row in rows] == ["given_up"]
    moments = [attempt["at"] for attempt in rows[0]["attempts"]]
    assert [round(after - before, 3) for before, after in zip(moments, moments[1:])] == [0.5, 1, 2, 4, 8]


def test_a_dead_receiver_holds_up_neither_calls_nor_others(server, receiver):
    # Nobody listens there.
    server.control("POST", "callbacks/addresses", {"url": "http://127.0.0.1:9/callback"})

    story = Story(server)
    flow = story.one_person()
    server.advance("1m")

    assert story.brief(flow).FlowStatus == 1
    assert receiver.story == ["BillingUse", "FlowCost", "FlowStatusChange start"]


def test_a_delivery_is_sent_once_more_on_demand(server, receiver):
    Story(server).one_person()
    server.settle()
    first = server.control("GET", "callbacks/deliveries?type=BillingUse")[0]

    server.control("POST", f"callbacks/deliveries/{first['id']}/resend")
    server.settle()

    assert receiver.messages[0] == receiver.messages[-1]
    assert receiver.callbacks[0].body == receiver.callbacks[-1].body


def test_a_world_hears_nothing_of_another(server, receiver):
    other = server.control("POST", "worlds", {})
    story = Story(server, server.ess(server.credential(other)))

    story.one_person()
    server.settle(other["SECRET_ID"])
    server.settle()

    assert receiver.callbacks == []
