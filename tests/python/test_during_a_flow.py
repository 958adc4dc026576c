"""What happens between launch and end: reviews, tasks handed on, release, evidence, with the official SDK."""

import io

import pypdf
import pytest
import requests
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from story import BY_KEYWORD, BY_POSITION, PERSON, Story


def refused(story, action, **fields):
    """The code and message of a call that fails."""
    with pytest.raises(TencentCloudSDKException) as error:
        story.call(action, **fields)
    return error.value.code, error.value.message


def colleague(server):
    """A verified employee of the demo company who is not the operator."""
    company = server.control("GET", "world")["ORGANIZATION_NAME"]
    return {"OrganizationName": company, "ApproverName": "王小明", "ApproverMobile": "13300000001"}


def user_id(server, flow):
    """Who the first signer is on the platform."""
    return server.control("GET", f"flows/{flow}")["approvers"][0]["user"]


def sign_all(server, flow):
    for _ in server.control("GET", f"flows/{flow}")["approvers"]:
        server.control("POST", f"flows/{flow}/sign", {})
    server.settle()


def text_of(url):
    download = requests.get(url, timeout=60)
    assert download.headers["Content-Type"] == "application/pdf", download.text
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(download.content)).pages)


def test_a_company_approves_before_somebody_signs(server, receiver):
    story = Story(server)
    reviewed = {"ApproverType": 1, **PERSON, "ApproverNeedSignReview": True, "SignComponents": [BY_POSITION]}
    flow = story.create([reviewed])
    signer = story.info(flow).FlowApproverInfos[0]
    server.control("POST", f"flows/{flow}/sign", {}, expect=409)

    verdict = {"FlowId": flow, "RecipientId": signer.RecipientId}
    code, message = refused(story, "CreateFlowSignReview", ReviewType="REJECT", **verdict)
    assert (code, message) == ("InvalidParameter.ParamError", "审核操作原因(ReviewMessage)在取消时不能为空，请确认后重试")
    story.call("CreateFlowSignReview", ReviewType="REJECT", ReviewMessage="金额有误", **verdict)
    server.control("POST", f"flows/{flow}/sign", {}, expect=409)
    story.call("CreateFlowSignReview", ReviewType="PASS", **verdict)
    sign_all(server, flow)

    assert story.brief(flow).FlowStatus == 4
    reviews = [one["MsgData"] for one in receiver.messages if one["MsgData"].get("CallbackType") == "review"]
    assert [one["FlowId"] for one in reviews] == [flow], "one message when the signer became due"


def test_a_task_goes_to_a_colleague_who_is_told_of(server, receiver):
    story = Story(server)
    own = {"ApproverType": 0, **colleague(server), "SignComponents": [BY_KEYWORD]}
    own.update(ApproverName="典子谦", ApproverMobile="13200000000")
    flow = story.create([own, {"ApproverType": 1, **PERSON, "SignComponents": [BY_POSITION]}])
    first, second = story.info(flow).FlowApproverInfos
    target = user_id(server, story.create([{**own, **colleague(server)}]))

    tasks = [{"FlowId": flow, "RecipientId": one.RecipientId} for one in (first, second)]
    answer = story.call("CreateFlowForwards", TargetUserId=target, FlowForwardInfos=tasks)
    server.settle()

    assert answer.SuccessFlows == [flow]
    assert [one.FlowId for one in answer.FailedFlows] == [flow], "a person's task is not the company's to hand on"
    now = story.info(flow).FlowApproverInfos[0]
    assert (now.ApproveName, now.RecipientId, now.SignId) == ("王小明", first.RecipientId, first.SignId)
    assert [one.ForwardType for one in now.ForwardRecords] == ["FORWARD"]
    assert "ForwardFLow" in receiver.story

    reminded = story.call("CreateFlowReminds", FlowIds=[flow]).RemindFlowRecords
    assert [(one.FlowId, one.CanRemind, one.RemindMessage) for one in reminded] == [(flow, True, "")]
    assert server.control("GET", "notices")[-1]["to"] == "13300000001"


def test_a_signed_contract_is_released_by_agreement(server, receiver):
    story = Story(server)
    flow = story.one_person()
    sign_all(server, flow)
    receiver.callbacks.clear()

    terms = {"Reason": "业务调整，结束合作。", "OtherDeals": "十日内另行签约"}
    agreement = story.call("CreateReleaseFlow", NeedRelievedFlowId=flow, ReliveInfo=terms).FlowId
    assert (story.brief(flow).FlowStatus, story.brief(agreement).FlowStatus) == (4, 1)
    assert story.info(agreement).FlowApproverInfos[0].ApproverRoleName == "甲方"
    server.advance("3s")
    written = text_of(story.download_url(agreement))
    for words in [flow, "业务调整", "十日内另行签约", "ess-mock"]:
        assert words in written, f"{words} is not in the agreement"
    sign_all(server, agreement)

    assert (story.brief(flow).FlowStatus, story.brief(agreement).FlowStatus) == (21, 21)
    changes = [one["MsgData"] for one in receiver.messages if one["MsgType"] == "FlowStatusChange"]
    released = [one["FlowId"] for one in changes if one["FlowCallbackStatus"] == 21]
    assert sorted(released) == sorted([flow, agreement]), "both are told of"
    code, _ = refused(story, "CreateReleaseFlow", NeedRelievedFlowId=flow, ReliveInfo=terms)
    assert code == "OperationDenied"


def test_evidence_of_a_signed_contract_is_fetched(server):
    story = Story(server)
    flow = story.one_person()
    sign_all(server, flow)

    ordered = story.call("CreateFlowEvidenceReport", FlowId=flow)
    before = story.call("DescribeFlowEvidenceReport", ReportId=ordered.ReportId)
    assert (before.Status, before.ReportUrl) == ("EvidenceStatusExecuting", "")
    server.advance("10s")
    report = story.call("DescribeFlowEvidenceReport", ReportId=ordered.ReportId)
    assert report.Status == "EvidenceStatusSuccess"
    assert flow in text_of(report.ReportUrl) and PERSON["ApproverName"] in text_of(report.ReportUrl)
    server.advance("6m")
    assert requests.get(report.ReportUrl, timeout=30).status_code != 200, "five minutes are over"

    chain = story.call("CreateFlowBlockchainEvidenceUrl", FlowId=flow)
    assert flow in text_of(chain.Url), "anybody may look"
    assert requests.get(chain.QrCode, timeout=30).content.startswith(b"\x89PNG")


def test_a_contract_is_made_void_from_outside(server, receiver):
    story = Story(server)
    flow = story.one_person()

    server.control("POST", f"flows/{flow}/invalidate", {"message": "签署人更名"})
    server.settle()

    assert story.brief(flow).FlowStatus == 16
    assert receiver.messages[-1]["MsgData"]["FlowCallbackStatus"] == 16
