"""Links end on the server's clock, which a test moves."""

import pytest
import requests
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from browser import open_page
from story import BY_KEYWORD, BY_POSITION, PERSON, SUPPLIER, Story


def test_a_sign_link_is_over_after_half_an_hour(server):
    story = Story(server)
    flow = story.one_person()
    link = story.sign_url(flow)

    server.advance("29m")
    still_good = open_page(link)
    server.advance("2m")
    over = open_page(link)

    assert still_good.status == 200 and still_good.forms
    assert over.status == 410 and not over.forms
    assert open_page(story.sign_url(flow)).forms, "a new link is as good as the first was"


def test_a_form_left_open_too_long_signs_nothing(server):
    story = Story(server)
    flow = story.one_person()
    page = open_page(story.sign_url(flow))

    server.advance("31m")

    assert page.press("sign").status == 410
    assert story.brief(flow).FlowStatus == 1


def test_a_sign_link_lives_as_long_as_asked(server):
    story = Story(server)
    link = story.sign_url(story.one_person(), ExpiredOn=7200)

    server.advance("119m")
    assert open_page(link).forms
    server.advance("2m")
    assert open_page(link).status == 410


def test_a_download_link_is_over_when_its_time_is_up(server):
    story = Story(server)
    flow = story.one_person()
    server.advance("10s")
    link = story.download_url(flow, UrlTtl=600)

    server.advance("9m")
    assert requests.get(link, timeout=30).status_code == 200
    server.advance("2m")
    over = requests.get(link, timeout=30)
    assert over.status_code == 410 and not over.content.startswith(b"%PDF")


def test_a_download_link_opens_nothing_else(server):
    story = Story(server)
    one, other = story.one_person(), story.one_person()
    server.advance("10s")
    link = story.download_url(one)

    assert one in link
    assert requests.get(link.replace(one, other), timeout=30).status_code == 403


def test_a_page_wants_nothing_of_anybody_else(server):
    story = Story(server)
    link = story.sign_url(story.one_person())

    answer = requests.get(link, timeout=30)

    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_page_speaks_english_when_asked(server):
    story = Story(server)
    link = story.sign_url(story.one_person())
    page = requests.get(link, timeout=30)

    english = requests.get(page.url, params={"lang": "en"}, timeout=30)

    assert "确认签署" in page.text and "确认签署" not in english.text
    assert ">Sign<" in english.text


def quick_batch(story, flows, **fields):
    person = {"ApproverType": 1, **PERSON}
    return story.call("CreateBatchQuickSignUrl", FlowApproverInfo=person, FlowIds=flows, **fields).FlowApproverUrlInfo


def statuses(story, flows):
    return [story.brief(flow).FlowStatus for flow in flows]


def test_one_h5_link_signs_several_contracts(server, receiver):
    story = Story(server)
    flows = [story.one_person(), story.one_person()]
    link = quick_batch(story, flows, SignatureTypes=[0, 1], ApproverSignTypes=[1, 3])

    server.advance("29m")
    page = open_page(link.SignUrl)
    assert page.press("sign").status == 200
    server.settle()

    assert statuses(story, flows) == [4, 4]
    finished = [one["MsgData"]["FlowId"] for one in receiver.messages if one["MsgData"].get("Operate") == "finish"]
    assert sorted(finished) == sorted(flows), "each contract has its own callbacks"
    server.advance("2m")
    assert open_page(link.LongUrl).status == 410


def test_several_contracts_are_refused_at_once_only_where_the_link_says_so(server):
    story = Story(server)
    flows = [story.one_person(), story.one_person()]
    strict = open_page(quick_batch(story, flows).SignUrl)
    lenient = open_page(quick_batch(story, flows, CanBatchReject=True).SignUrl)

    assert ("action", "reject") not in strict.forms[0]["buttons"]
    assert lenient.press("reject", message="价格不对").status == 200
    assert statuses(story, flows) == [3, 3]


def test_another_companys_contracts_get_no_batch_link(server):
    flow = Story(server).one_person()
    supplier = next(key for key in server.world["keys"] if key["ORGANIZATION_NAME"] == SUPPLIER)
    other = Story(server, server.ess(server.credential(supplier)))
    other.operator = supplier["OPERATOR_USER_ID"]

    with pytest.raises(TencentCloudSDKException) as refused:
        quick_batch(other, [flow])

    assert refused.value.code == "FailedOperation"
    assert refused.value.message == f'不支持非当前企业发起的合同，生成批量签署链接。不满足合同:["{flow}"]'


def test_a_mini_program_link_lives_seven_days(server):
    story = Story(server)
    flows = [story.one_person(), story.one_person()]
    name, mobile = PERSON["ApproverName"], PERSON["ApproverMobile"]
    link = story.call("CreateBatchSignUrl", Name=name, Mobile=mobile, FlowIds=flows, NotifyType="SMS")

    server.advance("167h")
    assert open_page(link.SignUrl).press("sign").status == 200
    assert statuses(story, flows) == [4, 4]
    assert server.control("GET", "notices")[-1]["to"] == mobile
    server.advance("61m")
    assert open_page(link.SignUrl).status == 410


def test_an_employee_signs_several_contracts_in_an_embedded_page(server):
    story = Story(server)
    own = {"ApproverType": 0, "OrganizationName": server.world["ORGANIZATION_NAME"], "UserId": story.operator}
    flows = [story.create([{**own, "SignComponents": [BY_KEYWORD]}]) for _ in range(2)]

    link = story.call("CreateOrganizationBatchSignUrl", UserId=story.operator, FlowIds=flows)

    assert f"expiredOn={link.ExpiredTime}&" in link.SignUrl
    assert open_page(link.SignUrl).press("sign").status == 200
    assert statuses(story, flows) == [4, 4]


def test_whoever_opens_the_cover_picks_an_open_slot_up(server):
    story = Story(server)
    slot = {"ApproverType": 1, "ApproverOption": {"FillType": 1}, "SignComponents": [BY_POSITION]}
    flow = story.create([slot])
    recipient = story.info(flow).FlowApproverInfos[0].RecipientId
    link = story.call("CreateSchemeUrl", FlowId=flow, RecipientId=recipient, PathType=3, EndPoint="HTTP_SHORT_URL")

    picture = requests.get(link.SchemeQrcodeUrl, timeout=30)
    page = open_page(link.SchemeUrl).press("claim", name="吴领取", mobile="13900000001")

    assert picture.headers["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert page.press("sign").status == 200
    assert story.info(flow).FlowApproverInfos[0].ApproveName == "吴领取"
    assert story.brief(flow).FlowStatus == 4


def test_a_signer_fills_in_before_signing(server):
    story = Story(server)
    address = {
        "ComponentType": "TEXT", "ComponentName": "住址", "ComponentRequired": True, "FileIndex": 0, "ComponentPage": 1,
        "ComponentPosX": 60, "ComponentPosY": 200, "ComponentWidth": 200, "ComponentHeight": 20,
    }  # fmt: skip
    flow = story.create([{"ApproverType": 1, **PERSON, "SignComponents": [BY_POSITION], "Components": [address]}])
    assert story.brief(flow).FlowStatus == 8
    page = open_page(story.sign_url(flow))

    assert page.press("fill", **{"field.0": ""}).status == 400
    filled = page.press("fill", **{"field.0": "深圳市南山区"})

    assert filled.press("sign").status == 200
    assert story.brief(flow).FlowStatus == 4
