"""Contracts that somebody launches on a page, scans, or withdraws by a link: through the official SDK and a browser."""

import requests

from browser import open_page
from story import PERSON, SUPPLIER, Story, request


def template(story, name):
    """The demo world's template of this name."""
    found = story.call("DescribeFlowTemplates", Limit=100).Templates
    (wanted,) = [one.TemplateId for one in found if one.TemplateName.startswith(name)]
    return wanted


def kinds(receiver):
    return [message["MsgType"] for message in receiver.messages]


def test_a_prepared_contract_is_launched_on_its_page_and_has_the_reserved_id(server, receiver):
    story = Story(server)
    person = {"ApproverType": 1, **PERSON}
    prepared = story.call(
        "CreatePrepareFlow", FlowName="采购合同", ResourceType=2, ResourceId=story.upload(), Approvers=[person]
    )

    page = open_page(prepared.Url)
    launched = page.press("launch")
    server.settle()

    assert launched.status == 200 and not launched.forms
    assert story.brief(prepared.FlowId).FlowStatus == 1
    assert kinds(receiver)[-1] == "FlowStatusChange"
    assert page.press("launch").status == 409, "it is launched once"


def test_the_mini_programs_link_lives_ninety_days_and_has_a_code(server):
    story = Story(server)
    wanted = {"ApproverType": 0, "OrganizationName": SUPPLIER, "ApproverName": "李四光", "ApproverMobile": "13500000001"}
    prepared = story.call(
        "CreateMiniAppPrepareFlow", FlowName="采购合同", ResourceType=2, ResourceId=story.upload(), Approvers=[wanted]
    )
    picture = requests.get(prepared.QrcodeUrl, timeout=30)
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")

    server.advance("89d")
    page = open_page(prepared.ShortUrl)
    assert page.press("launch").status == 200
    assert story.brief(prepared.FlowId).FlowStatus == 1

    server.advance("1d")
    assert open_page(prepared.ShortUrl).status == 410


def test_whoever_scans_signs_a_contract_of_their_own(server, receiver):
    story = Story(server)
    answer = story.call(
        "CreateMultiFlowSignQRCode", TemplateId=template(story, "个人承诺书"), FlowName="承诺书", MaxFlowNum=1
    )
    assert requests.get(answer.QrCode.QrCodeUrl, timeout=30).content.startswith(b"\x89PNG")

    page = open_page(answer.SignUrls.HttpSignUrl)
    signing = page.press("scan", name="张三", mobile="15912345678")
    signed = signing.press("sign")
    server.settle()

    assert signed.status == 200
    (cost,) = [one for one in receiver.messages if one["MsgType"] == "MultiFlowSignQrCodeCost"]
    assert story.brief(cost["MsgData"]["FlowId"]).FlowStatus == 4
    assert page.press("scan", name="李四", mobile="15912345679").status == 409, "for one contract only"


def test_contracts_are_withdrawn_by_a_link(server, receiver):
    story = Story(server)
    flow = story.one_person()
    answer = story.call("CreateBatchCancelFlowUrl", FlowIds=[flow])

    assert open_page(answer.BatchCancelFlowUrl).press("confirm", message="发错了").status == 200
    server.settle()

    assert story.brief(flow).FlowStatus == 6
    task = story.client.DescribeCancelFlowsTask(request("DescribeCancelFlowsTask", story.operator, TaskId=answer.TaskId))
    assert (task.TaskStatus, task.SuccessFlowIds) == ("END", [flow])
    assert kinds(receiver)[-1] == "CancelFlows"
