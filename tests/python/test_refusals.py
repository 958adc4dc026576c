"""Errors reach the user as the SDK's exception, with the vendor's code."""

import io

import pypdf
import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from ess_mock import PDFS
from story import BY_POSITION, PERSON, Story, request


@pytest.fixture
def story(shared_server):
    return Story(shared_server)


def refusal(call):
    with pytest.raises(TencentCloudSDKException) as refused:
        call()
    assert refused.value.requestId, "an answer of the service, not of the network"
    return refused.value


@pytest.mark.parametrize("name", ["encrypted", "truncated", "broken-table", "junk", "not-a-pdf"])
def test_a_file_that_cannot_be_signed_is_refused_at_upload(story, name):
    error = refusal(lambda: story.upload(PDFS / f"{name}.pdf"))

    assert error.code != "InternalError" and error.message


def test_a_file_of_six_megabytes_is_taken(story):
    # As large as any that an SDK was seen to send.
    document = pypdf.PdfWriter(clone_from=PDFS / "keywords.pdf")
    document.add_attachment("padding.bin", b"x" * 6_000_000)
    pdf = io.BytesIO()
    document.write(pdf)

    assert story.upload(pdf.getvalue())


def test_a_keyword_that_is_not_in_the_document_is_refused(story):
    component = {"ComponentType": "SIGN_SEAL", "FileIndex": 0, "GenerateMode": "KEYWORD", "ComponentId": "没有这个词"}
    approver = {"ApproverType": 1, **PERSON, "SignComponents": [{**component, "ComponentType": "SIGN_SIGNATURE"}]}

    error = refusal(lambda: story.create([approver]))

    assert error.code.startswith(("InvalidParameter", "FailedOperation", "ResourceNotFound"))


def test_a_page_the_document_does_not_have_is_refused(story):
    approver = {"ApproverType": 1, **PERSON, "SignComponents": [{**BY_POSITION, "ComponentPage": 3}]}

    assert "Component" in refusal(lambda: story.create([approver])).code


def test_an_operator_nobody_knows_is_refused(story):
    flow = story.one_person()
    story.operator = "yDnobody0000000000000000000000000"

    error = refusal(lambda: story.brief(flow))

    assert "User" in error.code or "Operator" in error.code


def test_a_contract_of_another_company_is_none_of_ours(story, shared_server):
    flow = story.one_person()
    supplier = next(one for one in shared_server.world["keys"] if "供应商" in one["ORGANIZATION_NAME"])
    other = Story(shared_server, shared_server.ess(shared_server.credential(supplier)))
    other.operator = supplier["OPERATOR_USER_ID"]

    error = refusal(lambda: other.call("CancelFlow", FlowId=flow, CancelMessage="别人的"))

    assert error.code != "InternalError"
    assert story.brief(flow).FlowStatus == 1, "nothing changes when a call is refused"


def test_a_missing_parameter_is_named(story):
    error = refusal(lambda: story.client.CancelFlow(request("CancelFlow", story.operator, FlowId="yDx")))

    assert error.code == "MissingParameter" and "CancelMessage" in error.message


def test_what_the_sdk_does_not_know_the_server_refuses_too(story):
    error = refusal(lambda: story.client.call_json("CreateSchemeUrl", {"Operator": {"UserId": "x"}, "Nonsense": 1}))

    assert error.code == "UnknownParameter" and "Nonsense" in error.message
