"""Templates on the platform side, by the official SDK: contracts from templates for two customers, and a template the platform
offers, granted, claimed and launched from."""

import json

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.essbasic.v20210526 import models

FIRST, SECOND = ("org_dianziqian", "n9527"), ("org_downloads_off", "downloads_off_admin")
PERSON = {"ApproverType": "PERSON", "Name": "张三", "Mobile": "18888888888"}


def call(server, action, customer=None, **parameters):
    """One call for a customer, or for the application alone."""
    agent = {"AppId": server.world["APP_ID"]}
    if customer:
        agent |= {"ProxyOrganizationOpenId": customer[0], "ProxyOperator": {"OpenId": customer[1]}}
    request = getattr(models, f"{action}Request")()
    request.from_json_string(json.dumps({"Agent": agent, **parameters}))
    return getattr(server.essbasic(), action)(request)


def launched(server, customer, template, fields=()):
    own = {"ApproverType": "ORGANIZATION", "OrganizationOpenId": customer[0], "OpenId": customer[1]}
    info = {"FlowName": "合同", "Deadline": 0, "TemplateId": template, "FlowApprovers": [own, PERSON], "FormFields": list(fields)}
    return call(server, "CreateFlowsByTemplates", customer, FlowInfos=[info])


def named(server, customer, name):
    found = call(server, "DescribeTemplates", customer, TemplateName=name).Templates
    assert len(found) == 1, name
    return found[0]


def test_two_customers_launch_from_templates_of_their_own(server):
    price = {"ComponentName": "价款", "ComponentValue": "100"}
    sales = named(server, FIRST, "销售合同")
    first = launched(server, FIRST, sales.TemplateId, [price])
    second = launched(server, SECOND, named(server, SECOND, "结算单").TemplateId)
    assert first.ErrorMessages == second.ErrorMessages == [""]
    assert [one.RecipientId for one in first.FlowApprovers[0].Approvers] == [one.RecipientId for one in sales.Recipients]

    with pytest.raises(TencentCloudSDKException) as refused:
        launched(server, SECOND, sales.TemplateId, [price])
    assert refused.value.code == "ResourceNotFound.Template", "another customer's"

    flow = first.FlowIds[0]
    for approver in (0, 1):
        server.control("POST", f"flows/{flow}/sign", {"approver": approver})
    detail = call(server, "DescribeFlowDetailInfo", FIRST, FlowIds=[flow]).FlowInfo[0]
    assert (detail.FlowStatus, detail.TemplateId) == ("ALL", sales.TemplateId)


def test_an_offered_template_is_granted_claimed_and_launched_from(server):
    offered = server.world["TEMPLATE_ID"]
    grants = call(server, "OperateChannelTemplate", OperateType="SELECT", TemplateId=offered)
    assert (grants.AuthTag, grants.ProxyOrganizationOpenIds) == ("part", [FIRST[0]])

    claim = {"customer": SECOND[0]}
    told = server.control("POST", f"library/{offered}/claims", claim, expect=409)
    assert "OperateChannelTemplate" in told["error"], "it says what to do"
    call(server, "OperateChannelTemplate", OperateType="UPDATE", TemplateId=offered, ProxyOrganizationOpenIds=SECOND[0])
    claimed = server.control("POST", f"library/{offered}/claims", claim)["template"]
    call(server, "OperateChannelTemplate", OperateType="DELETE", TemplateId=offered, ProxyOrganizationOpenIds=SECOND[0])

    own = call(server, "DescribeTemplates", SECOND, ChannelTemplateId=offered).Templates
    assert [(one.TemplateId, one.ChannelAutoSave) for one in own] == [(claimed, 0)]
    assert launched(server, SECOND, claimed).FlowIds[0], "what was claimed stays"
    server.control("POST", "library/nobody/claims", claim, expect=404)
    server.control("POST", f"library/{offered}/claims", {"customer": "nobody"}, expect=404)


def test_a_template_that_is_switched_off_starts_nothing(server):
    template = named(server, FIRST, "销售合同").TemplateId
    price = {"ComponentName": "价款", "ComponentValue": "100"}
    call(server, "OperateTemplate", FIRST, OperateType="DISABLE", TemplateId=template)
    with pytest.raises(TencentCloudSDKException) as refused:
        launched(server, FIRST, template, [price])
    assert refused.value.code == "ResourceNotFound.Template"
    call(server, "OperateTemplate", FIRST, OperateType="ENABLE", TemplateId=template)
    assert launched(server, FIRST, template, [price]).FlowIds[0]
