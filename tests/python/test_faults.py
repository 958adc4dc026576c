"""Faults as the official SDK meets them."""

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from story import BY_POSITION, PERSON, Story

SIGNER = {"ApproverType": 1, **PERSON, "SignComponents": [BY_POSITION]}


@pytest.fixture
def story(server):
    return Story(server)


def fault(story, **rule):
    return story.server.control("POST", "faults", rule)["id"]


def failure(call):
    with pytest.raises(TencentCloudSDKException) as failed:
        call()
    return failed.value


def test_a_documented_code_reaches_the_client_with_its_text(story):
    flow = story.one_person()
    fault(story, action="DescribeFlowInfo", first=1, effect={"error": {"code": "ResourceNotFound.Resource"}})

    error = failure(lambda: story.info(flow))

    assert error.code == "ResourceNotFound.Resource" and error.message and error.requestId
    assert story.info(flow).FlowId == flow, "only the first call was meant"


def test_the_nightmare_the_contract_is_there_although_the_client_was_told_it_is_not(story):
    fault(story, action="CreateFlowByFiles", times=1, after=True, effect={"error": {"code": "InternalError"}})

    error = failure(lambda: story.create([SIGNER]))

    assert error.code == "InternalError" and error.requestId
    (flow,) = story.server.control("GET", "flows")
    assert story.info(flow["id"]).FlowName == "采购合同"


def test_an_answer_that_got_lost_is_an_error_of_the_network(story):
    fault(story, action="CreateFlowByFiles", times=1, after=True, effect="drop")

    error = failure(lambda: story.create([SIGNER]))

    assert error.code == "ClientNetworkError"
    assert len(story.server.control("GET", "flows")) == 1


@pytest.mark.parametrize("effect", ["truncate", "html", {"http": 502}])
def test_what_is_no_answer_is_an_error_too(story, effect):
    flow = story.one_person()
    fault(story, effect=effect, first=1)

    assert failure(lambda: story.info(flow)).code
    assert story.info(flow).FlowId == flow


def test_too_many_requests_have_the_gateways_code(story):
    flow = story.one_person()
    fault(story, effect="rate_limit", first=1)

    assert failure(lambda: story.info(flow)).code == "RequestLimitExceeded"


def test_a_name_is_enough_where_the_control_api_is_out_of_reach(story):
    error = failure(lambda: story.create([SIGNER], name="[MOCK nightmare] 采购合同"))

    assert error.code == "InternalError"
    assert len(story.server.control("GET", "flows")) == 1


def test_a_signer_of_the_magic_number_signs_by_themselves(story):
    flow = story.create([{**SIGNER, "ApproverMobile": "15400000001"}])

    story.server.advance("1s")

    assert story.brief(flow).FlowStatus == 4
