"""Every action of both SDKs gets an answer in the vendor's shape, whatever is behind it."""

import inspect

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.ess.v20201111 import ess_client
from tencentcloud.ess.v20201111 import models as ess_models
from tencentcloud.essbasic.v20210526 import essbasic_client
from tencentcloud.essbasic.v20210526 import models as essbasic_models

from story import Story
from wire import Recorder


def actions(client, models):
    methods = inspect.getmembers(client, inspect.isfunction)
    return [name for name, _ in methods if hasattr(models, f"{name}Request")]


ESS = actions(ess_client.EssClient, ess_models)
ESSBASIC = actions(essbasic_client.EssbasicClient, essbasic_models)


def test_the_sdks_know_the_actions_the_server_does():
    assert len(ESS) >= 157 and len(ESSBASIC) >= 99


def answer_to_nothing(client, models, action):
    """Calls with no parameter at all; answers the error's code, or None for a success."""
    try:
        response = getattr(client, action)(getattr(models, f"{action}Request")())
    except TencentCloudSDKException as error:
        assert error.requestId, f"{action}: no answer of the service: {error}"
        return error.code
    assert response.RequestId
    return None


@pytest.mark.parametrize("service", ["ess", "essbasic"])
def test_a_call_without_parameters_is_answered_in_the_vendors_shape(shared_server, service):
    names, models = (ESS, ess_models) if service == "ess" else (ESSBASIC, essbasic_models)
    client = getattr(shared_server, service)()
    recorder = Recorder(client)

    codes = {action: answer_to_nothing(client, models, action) for action in names}

    assert all(headers["Content-Type"] == "application/json" for headers, _ in recorder.answers)
    # The one code it publishes stands for every refusal of it.
    assert codes.pop("VerifyDigitFile", "InternalError") == "InternalError"
    unexpected = {action: code for action, code in codes.items() if code not in (None, "MissingParameter")}
    assert set(unexpected.values()) <= {"InvalidParameter", "InvalidAction"} | operator_codes(unexpected), unexpected
    missing = [action for action, code in codes.items() if code == "InvalidAction"]
    assert len(missing) <= len(names) - (157 if service == "ess" else 99), missing


def operator_codes(codes):
    """A call whose fields are all optional may still want to know who asks."""
    return {code for code in codes.values() if "Operator" in code or "User" in code or code == "FailedOperation"}


def test_an_action_with_rules_says_so(shared_server):
    client = shared_server.ess()
    recorder = Recorder(client)

    Story(shared_server, client).call("CreateSchemeUrl")

    assert recorder.fidelity == "stateful"
