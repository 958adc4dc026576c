"""The guide's chapters on seals and templates, walked through with the official SDK: every callback's type, order and fields."""

import base64
import io
import struct

import pytest
import requests
from PIL import Image
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from browser import open_page
from receiver import Receiver
from story import BY_POSITION, Story

CLERK = "yDemoUUckp7zw5toUA7AXhInu8i4iKgU"
DRAWN = "SealGenerateSourceSystem"
DAY = 24 * 60 * 60
# What every message about a seal tells, whatever happened to it; a review names neither the company nor an operator.
SEAL = ["OrganizationId", "OperatorUserId", "SealId", "SealName", "SealType", "Operate"]
REVIEW = ["SealId", "SealName", "SealType", "ReviewStatus", "ReviewReason"]


def picture(colour="red"):
    """A PNG as a company's people would scan one, base64."""
    written = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(written, "PNG")
    return base64.b64encode(written.getvalue()).decode()


def told(receiver, kind):
    return [one for one in receiver.messages if one["MsgType"].startswith(kind)]


def acts(messages):
    """What happened to a seal, as its messages say it."""
    return [one["MsgData"].get("Operate") or one["MsgData"]["ReviewStatus"] for one in messages]


def refused(code, call, *names, **fields):
    with pytest.raises(TencentCloudSDKException) as error:
        call(*names, **fields)
    assert error.value.code == code, error.value


def sizes(png):
    return struct.unpack(">II", png[16:24])


def for_clerk(story, seal):
    """A contract a clerk of the company's signs with this seal; answers its id."""
    company = story.server.world["ORGANIZATION_NAME"]
    component = {**BY_POSITION, "ComponentType": "SIGN_SEAL", "ComponentValue": seal}
    signer = {"ApproverName": "王小明", "ApproverMobile": "13300000001", "SignComponents": [component]}
    return story.create([{"ApproverType": 0, "OrganizationName": company, **signer}])


def sign(server, flow, expect=200):
    return server.control("POST", f"flows/{flow}/sign", {"approver": 0}, expect=expect)


@pytest.fixture
def older(server):
    """A receiver as the guide has it: of the older generation."""
    receiver = Receiver(server.world["CALLBACK_KEY"], server.world["CALLBACK_TOKEN"])
    server.control("POST", "callbacks/addresses", {"url": receiver.url, "generation": "legacy"})
    yield receiver
    receiver.close()


def test_the_eight_callbacks_of_the_guide_arise_in_order(server, receiver, older):
    story = Story(server)
    made = story.call("CreateSeal", SealName="财务专用章", SealType="FINANCE", GenerateSource=DRAWN)
    assert sizes(requests.get(made.ImageUrl, timeout=30).content) == (500, 500)
    seal = made.SealId
    grant = {"SealId": seal, "Users": [{"UserId": CLERK}]}
    assert story.call("CreateSealPolicy", **grant, Expired=0).UserIds == [CLERK]
    assert story.call("CreateSealPolicy", **grant, Expired=0).UserIds == [], "who may already is told of once"
    story.call("DeleteSealPolicies", SealId=seal, UserIds=[CLERK])
    story.call("OperateSeals", Act=2, SealIds=[seal])
    story.call("OperateSeals", Act=1, SealIds=[seal])
    story.call("OperateSeals", Act=2, SealIds=[seal])
    server.control("DELETE", f"seals/{seal}")
    good = story.call("CreateSeal", SealName="扫描章", SealType="OTHER", Image=picture()).SealId
    bad = story.call("CreateSeal", SealName="模糊章", SealType="OTHER", Image=picture("grey")).SealId
    server.control("POST", f"seals/{good}/review", {})
    server.control("POST", f"seals/{bad}/review", {"pass": False, "reason": "图片不清晰"})
    server.settle()

    messages = told(receiver, "OperateSeal")
    assert acts(messages) == [
        "Create", "Enable", "Valid", "Invalid", "Disable", "Enable", "Disable", "Delete",
        "Create", "Create", "PASS", "Enable", "REJECT",
    ]  # fmt: skip
    for message in messages:
        data = dict(message["MsgData"])
        granted = data.pop("AuthorizedUsers", None)
        assert (granted == [{"UserId": CLERK, "UserName": "王小明"}]) == (data.get("Operate") in ("Valid", "Invalid"))
        assert list(data) == (REVIEW if "ReviewStatus" in data else SEAL)
        if "Operate" in data:
            assert data["OrganizationId"] == server.world["ORGANIZATION_ID"]
            assert data["OperatorUserId"] == server.world["OPERATOR_USER_ID"]
        assert message["MsgVersion"] == "CustomApp"
    assert [one["MsgData"].get("ReviewReason") for one in messages if "ReviewStatus" in one["MsgData"]] == ["", "图片不清晰"]
    # The guide's own receivers get the same, without the kind, and with the guide's names for people.
    assert acts(told(older, "OperateSeal")) == acts(messages)
    granted = [one["MsgData"] for one in told(older, "OperateSeal") if one["MsgData"].get("Operate") == "Valid"]
    assert granted[0]["AuthorizedUsers"] == [{"Id": CLERK, "Name": "王小明"}] and "SealType" not in granted[0]

    shown = {one.SealId: one for one in story.call("DescribeOrganizationSeals", SealStatuses=["ALL"]).Seals}
    assert (shown[good].SealStatus, shown[bad].SealStatus, shown[bad].FailReason) == ("SUCCESS", "FAIL", "图片不清晰")
    assert seal not in shown


def test_contracts_ask_for_the_seal_when_they_are_signed(server, receiver):
    story = Story(server)
    seal = story.call("CreateSeal", SealName="财务专用章", SealType="FINANCE", GenerateSource=DRAWN).SealId
    grant = {"SealId": seal, "Users": [{"UserId": CLERK}]}
    flow, other = for_clerk(story, seal), for_clerk(story, seal)
    assert sign(server, flow, expect=409)["error"], "nobody gave it to the clerk"
    now = server.control("GET", "clock")["now"]
    story.call("CreateSealPolicy", **grant, Expired=now + DAY)
    server.advance("25h")
    sign(server, flow, expect=409)

    story.call("CreateSealPolicy", **grant, Expired=0, AuthorizationFlows={"FlowIds": [flow]})
    sign(server, other, expect=409)
    sign(server, flow)
    server.settle()
    (state,) = [one for one in server.control("GET", "seals") if one["id"] == seal]
    assert not [one for one in state["grants"] if one["flows"]], "one contract's grant is used up"
    assert acts(told(receiver, "OperateSeal")) == ["Create", "Enable", "Valid"], "nobody hears of one contract's grant"

    story.call("CreateSealPolicy", **grant, Expired=0)
    story.call("OperateSeals", Act=2, SealIds=[seal])
    sign(server, other, expect=409)
    story.call("OperateSeals", Act=1, SealIds=[seal])
    settings = server.control("GET", "settings")
    server.control("PUT", "settings", {**settings, "seal_use_callbacks": "on"})
    sign(server, other)
    server.settle()
    assert receiver.story[-1] == "SealUse"
    (record,) = receiver.messages[-1]["MsgData"]["SealUseCallbackRecords"]
    assert (record["SealId"], record["FlowId"], record["SignCount"]) == (seal, other, 1)
    assert record["CreatorId"] == server.world["OPERATOR_USER_ID"]


def test_an_oval_seal_is_as_large_as_it_says_and_shows_who_may_use_it(server):
    story = Story(server)
    refused("OperationDenied.AlreadyHas", story.call, "CreateSeal", SealName="公章", SealType="FINANCE")
    seal = story.call("CreateSeal", SealName="椭圆章", SealType="FINANCE", SealStyle="ellipse", SealSize="40_30").SealId
    (shown,) = story.call("DescribeOrganizationSeals", SealId=seal, InfoType=1).Seals
    assert (shown.RealWidth, shown.RealHeight, shown.AuthorizedUsers) == (40, 30, [])
    assert sizes(requests.get(shown.Url, timeout=30).content) == (500, 375)
    story.call("CreateSealPolicy", SealId=seal, Users=[{"UserId": CLERK}], Expired=0)
    (shown,) = story.call("DescribeOrganizationSeals", SealId=seal, InfoType=1).Seals
    assert [one.UserId for one in shown.AuthorizedUsers] == [CLERK]


def test_pages_make_and_show_seals(server, receiver):
    story = Story(server)
    made_at = story.call("CreateEmbedWebUrl", EmbedType="CREATE_SEAL").WebUrl
    page = open_page(made_at)
    assert open_page(made_at).status == 410, "it opens once"
    assert "印章已创建" in page.press("make", name="人事专用章", kind="PERSONNEL", style="circle").html
    (seal,) = story.call("DescribeOrganizationSeals", SealTypes=["PERSONNEL"]).Seals
    server.settle()
    assert acts(told(receiver, "OperateSeal")) == ["Create", "Enable"]
    for kind, business in (("PREVIEW_SEAL_LIST", ""), ("PREVIEW_SEAL_DETAIL", seal.SealId)):
        link = story.call("CreateEmbedWebUrl", EmbedType=kind, BusinessId=business).WebUrl
        shown = open_page(link)
        assert "人事专用章" in shown.html
        assert requests.get(shown.pictures[-1], timeout=30).content.startswith(b"\x89PNG")


def test_people_bring_seals_by_qr_code(server, receiver):
    story = Story(server)
    code = base64.b64decode(story.call("CreateLegalSealQrCode").QrcodeBase64)
    assert code.startswith(b"\x89PNG")
    lent = story.call("CreateEmployeeQualificationSealQrCode", HintText="请授权执业章", UserData="Zm9v")
    assert base64.b64decode(lent.QrcodeBase64).startswith(b"\x89PNG")
    refused(
        "InvalidParameter.CardNumber", story.call, "CreatePreparedPersonalEsign",
        UserName="张三", IdCardNumber="12", SealName="个人章",
    )  # fmt: skip
    esign = {"UserName": "张三", "IdCardNumber": "110101199003070011", "SealName": "个人章"}
    assert story.call("CreatePreparedPersonalEsign", **esign).SealId


def test_a_template_is_copied_switched_and_taken_away(server, receiver):
    story = Story(server)
    template = server.world["TEMPLATE_ID"]
    copy = story.call("OperateTemplate", OperateType="COPY", TemplateId=template, TemplateName="合同二").TemplateId
    (shown,) = story.call("DescribeFlowTemplates", Filters=[{"Key": "template-id", "Values": [copy]}]).Templates
    assert (shown.TemplateName, shown.Available) == ("合同二", 1)
    for wanted, available in (("DISABLE", 2), ("ENABLE", 1)):
        story.call("OperateTemplate", OperateType=wanted, TemplateId=copy)
        filters = [{"Key": "template-id", "Values": [copy]}]
        (shown,) = story.call("DescribeFlowTemplates", Filters=filters).Templates
        assert shown.Available == available
    story.call("OperateTemplate", OperateType="DELETE", TemplateId=copy)
    server.settle()
    messages = told(receiver, "Template")
    assert [one["MsgType"] for one in messages] == [
        "TemplateAdd", "TemplateAvailable", "TemplateAvailable", "TemplateDelete",
    ]  # fmt: skip
    assert [one["MsgData"].get("TemplateStatus") for one in messages] == [None, "DISABLE", "ENABLE", None]
    assert all(one["MsgData"]["TemplateId"] == copy for one in messages)
    for message, time in zip(messages, ["CreateTime", "OperateOn", "OperateOn", "DeleteTime"]):
        assert isinstance(message["MsgData"][time], int)
    refused("ResourceNotFound.Template", story.call, "OperateTemplate", OperateType="ENABLE", TemplateId=copy)
