"""The user's minute: one contract from PDF to signed download, with the official SDK."""

import time

import pypdf
import pytest
import requests
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from browser import open_page
from ess_mock import running
from ink import Area, as_shown, assert_ink_exactly_in, word
from receiver import Receiver
from story import BY_KEYWORD, BY_POSITION, DOCUMENT, PERSON, SUPPLIER, SUPPLIERS_SIGNER, Story

TERMINATED = "OperationDenied.FlowHasTerminated"
TERMINATED_SAYS = "此流程已经终止，当前所有参与者签署"


def play(server, receiver):
    """The whole story; answers the contract's id and the signed PDF."""
    story = Story(server)
    flow = story.create(UserData="b3JkZXItNw==")
    assert story.brief(flow).FlowStatus == 1
    assert story.call("CreateSchemeUrl", PathType=1, FlowId=flow).SchemeUrl.startswith(server.url)

    for signer, kind in [(SUPPLIERS_SIGNER, 0), (PERSON, 1)]:
        page = open_page(story.sign_url(flow, signer, kind))
        for shown in ["采购合同", SUPPLIER, PERSON["ApproverName"], server.world["ORGANIZATION_NAME"]]:
            assert shown in page.html, f"{shown} is not on the page"
        picture = requests.get(page.pictures[0], timeout=30)
        assert picture.headers["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
        signed = page.press("sign")
        assert signed.status == 200 and not signed.forms, "who has signed cannot sign again"
    # The seal is set some seconds later, and the document composed.
    server.advance("10s")

    brief, info = story.brief(flow), story.info(flow)
    assert brief.FlowStatus == info.FlowStatus == 4
    assert [one.ApproveStatus for one in info.FlowApproverInfos] == [3, 3, 3]
    download = requests.get(story.download_url(flow), timeout=30)
    assert download.headers["Content-Type"] == "application/pdf"
    with pytest.raises(TencentCloudSDKException) as refused:
        story.call("CancelFlow", FlowId=flow, CancelMessage="不签了")
    assert (refused.value.code, refused.value.message) == (TERMINATED, TERMINATED_SAYS)
    assert refused.value.requestId
    server.settle()
    assert receiver.messages[-1]["MsgData"]["FlowCallbackStatus"] == 4
    return flow, download.content


def test_a_contract_goes_from_pdf_to_signed_download(server, receiver, tmp_path):
    flow, pdf = play(server, receiver)

    assert receiver.story == [
        "BillingUse",
        "FlowCost",
        "FlowStatusChange start",
        "FlowStatusChange sign",
        "FlowStatusChange sign",
        "FlowStatusChange sign",
        "FlowStatusChange finish",
    ]
    assert not receiver.refused, "every callback is signed"
    changes = [one["MsgData"] for one in receiver.messages if one["MsgType"] == "FlowStatusChange"]
    assert [one["FlowCallbackStatus"] for one in changes] == [1, 2, 2, 4, 4]
    assert {(one["FlowId"], one["UserData"], one["CallbackUrl"]) for one in changes} == {
        (flow, "b3JkZXItNw==", receiver.url)
    }
    assert [[who["ApproveCallbackStatus"] for who in one["Approvers"]] for one in changes[1:4]] == [
        [3, 2, 2],
        [3, 3, 2],
        [3, 3, 3],
    ]
    assert {one["MsgVersion"] for one in receiver.messages} == {"CustomApp"}
    assert len({one["MsgId"] for one in receiver.messages}) == 7, "every message has an id of its own"

    signed = tmp_path / "signed.pdf"
    signed.write_bytes(pdf)
    assert pdf.startswith(DOCUMENT.read_bytes()), "the uploaded bytes stay a prefix of the signed file"
    by_position = Area(*(BY_POSITION[f"Component{name}"] for name in ["Page", "PosX", "PosY", "Width", "Height"]))
    assert_ink_exactly_in(DOCUMENT, signed, [by_position, around_the_word(), *over_the_field()])


def around_the_word():
    """A component by keyword is centred on the word unless it asks for another place."""
    found = word(DOCUMENT, BY_KEYWORD["KeywordPage"], BY_KEYWORD["ComponentId"])
    width, height = BY_KEYWORD["ComponentWidth"], BY_KEYWORD["ComponentHeight"]
    middle_x, middle_y = found.x + found.width / 2, found.y + found.height / 2
    return Area(found.page, middle_x - width / 2, middle_y - height / 2, width, height)


def over_the_field():
    for number, page in enumerate(pypdf.PdfReader(DOCUMENT).pages, 1):
        for widget in (one.get_object() for one in page.get("/Annots", [])):
            if widget.get("/T") == "甲方签章":
                box = [float(edge) for edge in widget["/Rect"]]
                width, height = (float(edge) for edge in page.mediabox[2:])
                yield as_shown(number, page.rotation, width, height, box)


def test_the_whole_minute_takes_less_than_two_seconds(capsys):
    with running("--clock", "frozen") as server:
        receiver = Receiver(server.world["CALLBACK_KEY"], server.world["CALLBACK_TOKEN"])
        server.control("POST", "callbacks/addresses", {"url": receiver.url})
        started = time.monotonic()
        play(server, receiver)
        took = time.monotonic() - started
        receiver.close()
    with capsys.disabled():
        # Said, not asserted: a busy machine is no defect.
        print(f"\nthe whole contract, by the official Python SDK: {took:.2f} s of wall time")


def test_a_signer_rejects_with_a_reason(server, receiver):
    story = Story(server)
    flow = story.one_person()

    page = open_page(story.sign_url(flow))
    without_a_reason = page.press("reject", message="")
    rejected = page.press("reject", message="价格不对")
    server.settle()

    assert without_a_reason.status == 400
    assert rejected.status == 200 and "价格不对" in rejected.html
    assert (story.brief(flow).FlowStatus, story.brief(flow).FlowMessage) == (3, "价格不对")
    assert receiver.story[-1] == "FlowStatusChange reject"
    change = receiver.messages[-1]["MsgData"]
    assert (change["FlowCallbackStatus"], change["FlowMessage"]) == (3, "价格不对")


def test_a_contract_is_withdrawn_before_it_ends(server, receiver):
    story = Story(server)
    flow = story.one_person()

    story.call("CancelFlow", FlowId=flow, CancelMessage="重新拟定")
    server.settle()

    assert story.brief(flow).FlowStatus == 6
    assert receiver.story[-3:] == ["FlowStatusChange cancel", "BillingUse", "FlowCost"]


def test_the_next_signer_waits_for_the_one_before(server):
    story = Story(server)
    flow = story.create()

    with pytest.raises(TencentCloudSDKException) as refused:
        story.sign_url(flow, PERSON)

    assert refused.value.code.split(".")[0] in ["OperationDenied", "FailedOperation", "InvalidParameter"]
    assert [one.ApproveStatus for one in story.info(flow).FlowApproverInfos] == [2, 1, 1]


def test_a_deadline_passes_when_the_clock_is_moved(server, receiver):
    story = Story(server)
    now = server.control("GET", "clock")["now"]
    flow = story.one_person(Deadline=now + 86400)

    server.advance("25h")

    assert story.brief(flow).FlowStatus == 5
    assert "FlowStatusChange deadline" in receiver.story
