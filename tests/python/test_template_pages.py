"""Templates made and changed on the console's embedded pages, then used by the official SDK."""

import base64
import json

import pytest
import requests
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from browser import open_page
from story import PERSON, Story

USER_DATA = base64.b64encode(json.dumps({"order": 7}).encode()).decode()
LEASE = {
    "name": "租赁合同", "description": "房屋租赁", "order": "ordered",
    "party.1.role": "甲方", "party.1.kind": "organization", "party.2.role": "乙方", "party.2.kind": "person",
    "component.1.owner": "initiator", "component.1.type": "TEXT", "component.1.name": "租金",
    "component.2.owner": "1", "component.2.type": "SIGN_SEAL", "component.2.page": "2",
    "component.3.owner": "2", "component.3.type": "SIGN_SIGNATURE", "component.3.page": "2", "component.3.x": "320",
}  # fmt: skip


def named(story, name):
    return story.call("DescribeFlowTemplates", Filters=[{"Key": "template-name", "Values": [name]}]).Templates


def launched(story, template):
    """A contract from this template, with a rent filled in; answers its id."""
    first, second = (one.RecipientId for one in template.Recipients)
    company = {"ApproverType": 0, "OrganizationName": story.server.world["ORGANIZATION_NAME"], "RecipientId": first}
    approvers = [
        {**company, "ApproverName": "典子谦", "ApproverMobile": "13200000000"},
        {"ApproverType": 1, "RecipientId": second, **PERSON},
    ]
    flow = story.call("CreateFlow", FlowName="租约", Approvers=approvers).FlowId
    fields = [{"ComponentName": "租金", "ComponentValue": "3000"}]
    story.call("CreateDocument", FlowId=flow, TemplateId=template.TemplateId, FormFields=fields)
    story.server.advance("3s")
    story.call("StartFlow", FlowId=flow)
    return flow


def told(receiver):
    return [one for one in receiver.messages if one["MsgType"].startswith("Template")]


def test_a_template_is_made_used_changed_and_taken_away(server, receiver):
    story = Story(server)
    made_at = story.call("CreateEmbedWebUrl", EmbedType="CREATE_TEMPLATE", UserData=USER_DATA)
    page = open_page(made_at.WebUrl)
    assert "创建模板" in page.html
    assert open_page(made_at.WebUrl).status == 410, "it opens once"
    refused = page.press("save", **LEASE)
    assert refused.status == 400 and "请选择或上传模板文件" in refused.html and "房屋租赁" in refused.html
    assert refused.press("save", **LEASE, file=story.upload()).status == 200

    (template,) = named(story, "租赁合同")
    flow = launched(story, template)
    for signer in [0, 1]:
        server.control("POST", f"flows/{flow}/sign", {"approver": signer})
    assert story.brief(flow).FlowStatus == 4

    link = story.call("CreateEmbedWebUrl", EmbedType="MODIFY_TEMPLATE", BusinessId=template.TemplateId).WebUrl
    shown = requests.get(link, headers={"Accept": "application/json"}, timeout=30).json()
    shown["template"]["name"] = "租赁合同二"
    saved = requests.post(link, json={"action": "save", "template": shown["template"]}, timeout=30)
    assert saved.json()["saved"]["id"] == template.TemplateId
    (changed,) = named(story, "租赁合同二")
    assert [one.RecipientId for one in changed.Recipients] == [one.RecipientId for one in template.Recipients]
    preview = story.call("CreateEmbedWebUrl", EmbedType="PREVIEW_TEMPLATE", BusinessId=template.TemplateId).WebUrl
    assert "租赁合同二" in open_page(preview).html

    story.call("OperateTemplate", OperateType="DELETE", TemplateId=template.TemplateId)
    server.settle()
    messages = told(receiver)
    assert [one["MsgType"] for one in messages] == ["TemplateAdd", "TemplateUpdate", "TemplateDelete"]
    assert [one["MsgData"]["UserData"] for one in messages] == [USER_DATA] * 3
    assert list(messages[1]["MsgData"]) == [
        "OrganizationId", "OperatorUserId", "TemplateId", "TemplateName", "UpdateTime", "UserData",
    ]  # fmt: skip


def test_a_page_lives_five_minutes(server):
    story = Story(server)
    page = open_page(story.call("CreateEmbedWebUrl", EmbedType="CREATE_TEMPLATE").WebUrl)

    server.advance("301s")

    assert page.press("save", **LEASE, file=story.upload()).status == 410
    assert not named(story, "租赁合同")


def test_user_data_is_the_base64_of_json(server):
    with pytest.raises(TencentCloudSDKException):
        Story(server).call("CreateEmbedWebUrl", EmbedType="CREATE_TEMPLATE", UserData="bm90IGpzb24=")
