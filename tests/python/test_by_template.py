"""Contracts from templates, by the official SDK: waiting for the document, filling in, signing, and what receivers hear."""

import pytest
import requests
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from story import PERSON, Story

REGISTRATION = "入职登记（发起方与签署方都要填写）"
OWN_SIGNER = {"ApproverName": "典子谦", "ApproverMobile": "13200000000"}


def template(story, name):
    (found,) = story.call("DescribeFlowTemplates", Filters=[{"Key": "template-name", "Values": [name]}]).Templates
    return found


def approvers(story, template):
    """Company and person, in the order and the slots of the template."""
    first, second = (one.RecipientId for one in template.Recipients)
    company = story.server.world["ORGANIZATION_NAME"]
    return [
        {"ApproverType": 0, "OrganizationName": company, "RecipientId": first, **OWN_SIGNER},
        {"ApproverType": 1, "RecipientId": second, **PERSON},
    ]


def drafted(story, name=REGISTRATION, **fields):
    """A contract with its document, not started; answers its id."""
    found = template(story, name)
    flow = story.call("CreateFlow", FlowName="入职登记", Approvers=approvers(story, found)).FlowId
    story.call("CreateDocument", FlowId=flow, TemplateId=found.TemplateId, **fields)
    return flow


def test_a_contract_goes_from_template_to_the_last_signature(server, receiver):
    story = Story(server)
    found = template(story, REGISTRATION)
    owned = [one.ComponentName for one in found.Components if one.ComponentRecipientId == found.Promoter.RecipientId]
    assert owned == ["岗位", "报酬", "到岗日期", "有试用期"]
    fields = [{"ComponentName": "岗位", "ComponentValue": "工程师"}, {"ComponentId": "probation", "ComponentValue": "true"}]
    flow = drafted(story, FormFields=fields)
    with pytest.raises(TencentCloudSDKException) as early:
        story.call("StartFlow", FlowId=flow)
    assert early.value.code == "OperationDenied.DocumentNoAvailable"
    assert story.brief(flow).FlowStatus == 7, "not started, with something to fill in"

    server.advance("3s")
    assert story.call("StartFlow", FlowId=flow).Status == "START"
    person = story.info(flow).FlowApproverInfos[1]
    assert (story.brief(flow).FlowStatus, person.ApproveStatus) == (8, 8)
    server.control("POST", f"flows/{flow}/fill", {"approver": 1, "fields": {"住址": "深圳市南山区"}})
    assert story.brief(flow).FlowStatus == 1
    for signer in [0, 1]:
        server.control("POST", f"flows/{flow}/sign", {"approver": signer})
    server.settle()

    assert story.brief(flow).FlowStatus == 4
    assert receiver.story == [
        "DocumentFill",
        "BillingUse",
        "FlowCost",
        "FlowStatusChange start",
        "FlowStatusChange fill",
        "FlowStatusChange sign",
        "FlowStatusChange sign",
        "FlowStatusChange finish",
    ]
    filled, *_ = receiver.messages
    assert (filled["MsgData"]["FlowId"], filled["MsgData"]["TemplateId"]) == (flow, found.TemplateId)
    changes = [one["MsgData"]["FlowCallbackStatus"] for one in receiver.messages if one["MsgType"] == "FlowStatusChange"]
    assert changes == [8, 1, 2, 4, 4]


def test_a_contract_is_started_within_five_minutes_or_never(server, receiver):
    story = Story(server)
    flow = drafted(story, "劳动合同（企业与个人，按顺序）")

    server.advance("301s")

    with pytest.raises(TencentCloudSDKException) as late:
        story.call("StartFlow", FlowId=flow)
    assert late.value.code == "OperationDenied.FlowStatusForbid"
    assert receiver.story == [], "nothing was filled in, nothing charged, nothing started"


def test_a_preview_shows_a_contract_nobody_launched_for_five_minutes(server, receiver):
    story = Story(server)
    found = template(story, REGISTRATION)
    fields = [{"ComponentName": "岗位", "ComponentValue": "工程师"}]
    wanted = {"TemplateId": found.TemplateId, "FormFields": fields, "NeedPreview": True}
    url = story.call("CreateDocument", **wanted).PreviewFileUrl

    shown = requests.get(url, timeout=30)
    page = requests.get(story.call("CreateDocument", **wanted, PreviewType=1).PreviewFileUrl, timeout=30)
    server.advance("301s")

    assert shown.headers["Content-Type"] == "application/pdf" and shown.content.startswith(b"%PDF")
    assert page.status_code == 200 and REGISTRATION in page.text
    assert requests.get(url, timeout=30).status_code != 200
    assert receiver.story == []


def test_receivers_hear_of_what_is_done_to_a_template(server, receiver):
    story = Story(server)
    copy = story.call("OperateTemplate", OperateType="COPY", TemplateId=template(story, REGISTRATION).TemplateId)
    for kind in ["ENABLE", "DISABLE", "DISABLE", "ENABLE", "DELETE"]:
        story.call("OperateTemplate", OperateType=kind, TemplateId=copy.TemplateId)
    server.settle()

    told = [(one["MsgType"], one["MsgData"].get("TemplateStatus")) for one in receiver.messages]
    assert told == [
        ("TemplateAdd", None),
        ("TemplateAvailable", "DISABLE"),
        ("TemplateAvailable", "ENABLE"),
        ("TemplateDelete", None),
    ]
    assert {one["MsgData"]["TemplateId"] for one in receiver.messages} == {copy.TemplateId}
