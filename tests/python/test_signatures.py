"""Every way the official SDK can sign, and what happens when it signs wrongly."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from tencentcloud.common import abstract_client, credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from story import Story


@pytest.mark.parametrize(
    "how",
    [
        {"method": "GET"},
        {"unsigned_payload": True},
        {"sign_method": "HmacSHA1"},
        {"sign_method": "HmacSHA256"},
        {"sign_method": "HmacSHA1", "method": "GET"},
        {"sign_method": "HmacSHA256", "method": "GET"},
    ],
    ids=lambda how: " ".join(str(value) for value in how.values()),
)
def test_a_call_is_served_however_it_is_signed(shared_server, how):
    story = Story(shared_server, shared_server.ess(**how))

    link = story.call("CreateSchemeUrl", Name="张三 A&B=C+D%")

    assert parse_qs(urlsplit(link.SchemeUrl).query)["name"] == ["张三 A&B=C+D%"]


def test_a_contract_is_launched_by_get_and_by_the_older_signature(shared_server):
    file = Story(shared_server).upload()
    for how in [{"method": "GET"}, {"sign_method": "HmacSHA256"}]:
        story = Story(shared_server, shared_server.ess(**how))

        answer = story.call("CreateFlowByFiles", FlowName="平铺参数", FileIds=[file], Approvers=story.approvers())

        assert len(story.info(answer.FlowId).FlowApproverInfos) == 3


def refusal(story):
    with pytest.raises(TencentCloudSDKException) as refused:
        story.call("CreateSchemeUrl")
    assert refused.value.requestId
    return refused.value


@pytest.mark.parametrize("how", [{}, {"method": "GET"}, {"unsigned_payload": True}, {"sign_method": "HmacSHA1"}], ids=str)
def test_a_wrong_secret_is_an_authentication_failure(shared_server, how):
    wrong = credential.Credential(shared_server.world["SECRET_ID"], "another secret key")

    error = refusal(Story(shared_server, shared_server.ess(wrong, **how)))

    assert error.code == "AuthFailure.SignatureFailure"
    assert "another secret key" not in error.message


def test_an_unknown_key_is_said_to_be_unknown(shared_server):
    unknown = credential.Credential("AKIDnobody", "secret")

    assert refusal(Story(shared_server, shared_server.ess(unknown))).code == "AuthFailure.SecretIdNotFound"


@pytest.mark.parametrize("skew", [-600, 600])
def test_a_client_whose_clock_is_off_is_refused(shared_server, monkeypatch, skew):
    real = time.time
    monkeypatch.setattr(abstract_client.time, "time", lambda: real() + skew)

    assert refusal(Story(shared_server)).code == "AuthFailure.SignatureExpire"


@pytest.mark.parametrize("skew", [-240, 240])
def test_a_few_minutes_are_forgiven(shared_server, monkeypatch, skew):
    real = time.time
    monkeypatch.setattr(abstract_client.time, "time", lambda: real() + skew)

    assert Story(shared_server).call("CreateSchemeUrl").SchemeUrl


def test_a_world_far_in_the_future_still_takes_the_clients_real_time(server):
    server.advance("400d")

    assert Story(server).call("CreateSchemeUrl").SchemeUrl


def test_gateway_faults_speak_the_callers_language(shared_server):
    wrong = credential.Credential(shared_server.world["SECRET_ID"], "wrong")
    english = refusal(Story(shared_server, shared_server.ess(wrong, language="en-US"))).message
    chinese = refusal(Story(shared_server, shared_server.ess(wrong, language="zh-CN"))).message

    assert english.isascii() and not chinese.isascii()
