"""The guide's chapter for automatic signing, for a company, its partner and a person: what is opened, by whom, and what a machine may
sign from then on, until somebody ends it. Every callback is looked at for its type, its place and its fields."""

import base64

import pytest
import requests
from cryptography import x509
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from platform_story import walk
from receiver import Receiver
from story import BY_FIELD, BY_POSITION, SUPPLIER, Story

SCENE = "E_PRESCRIPTION_AUTO_SIGN"
DOCTOR = {"Name": "林开方", "IdCardType": "ID_CARD", "IdCardNumber": "110101199003070054"}
MOBILE = "13911110000"
SECONDS = "30s"
SIGNING, SIGNED = 1, 4


@pytest.fixture
def hear(server):
    """Adds a receiver of a company's own; without a name, of the company that calls."""
    receivers = []

    def add(organization=None):
        receiver = Receiver(server.world["CALLBACK_KEY"], server.world["CALLBACK_TOKEN"])
        receivers.append(receiver)
        address = {"url": receiver.url, "key": receiver.key, "token": receiver.token}
        server.control("POST", "callbacks/addresses", address | ({"organization": organization} if organization else {}))
        return receiver

    yield add
    for receiver in receivers:
        receiver.close()


def told(server, receiver, *types):
    """The messages of these types, in order: type and fields. A company is told in its own form."""
    server.settle()
    own = [one for one in receiver.messages if one["MsgType"] in types]
    assert all(one["MsgVersion"] == "CustomApp" and one["MsgId"] for one in own)
    return [(one["MsgType"], one["MsgData"]) for one in own]


def refused(call, *parameters, **fields):
    with pytest.raises(TencentCloudSDKException) as error:
        call(*parameters, **fields)
    return error.value.code


def machine(seal, company=None):
    """A company's machine signs: its own without a name."""
    party = {"OrganizationName": company} if company else {}
    return [{"ApproverType": 3, **party, "SignComponents": [{**BY_FIELD, "ComponentValue": seal}]}]


def status(story, flow):
    """How a contract stands once every machine had its turn."""
    story.server.advance(SECONDS)
    return story.brief(flow).FlowStatus


def of_doctor(story, action, **fields):
    return story.call(action, SceneKey=SCENE, UserInfo=DOCTOR, **fields)


def consent(url):
    """The doctor opens the page and agrees, with their own number."""
    address = requests.get(url, timeout=30).url
    agreed = requests.post(address, json={"action": "agree", "mobile": MOBILE}, timeout=30)
    assert agreed.json() == {"done": True}, agreed.text


def prescription(story):
    """A contract that the doctor's machine signs."""
    signer = {"ApproverType": 7, "ApproverName": DOCTOR["Name"], "ApproverMobile": MOBILE, "SignComponents": [BY_POSITION]}
    return story.create([signer], name="处方", AutoSignScene=SCENE)


def test_a_company_signs_by_machine_while_the_service_is_open_and_for_whom_it_was_granted(server, hear):
    story, receiver = Story(server), hear()
    seal, company = server.world["SEAL_ID"], server.world["ORGANIZATION_ID"]
    switch = {"ServiceType": "OPEN_SERVER_SIGN"}
    assert story.call("ModifyExtendedService", Operate="CLOSE", **switch).OperateUrl == "", "closed at once"
    assert refused(story.create, machine(seal)) == "OperationDenied.NoOpenServerSign"

    opened = story.call("ModifyExtendedService", Operate="OPEN", **switch).OperateUrl
    assert refused(story.create, machine(seal)) == "OperationDenied.NoOpenServerSign", "the agreement is not signed"
    walk(opened, "agree")
    (service,) = story.call("DescribeExtendedServiceAuthInfos", ExtendServiceType="OPEN_SERVER_SIGN").AuthInfoList
    assert (service.Status, service.OperatorUserId) == ("ENABLE", story.operator)
    assert story.operator in [one.UserId for one in service.HasAuthUserList]
    flow = story.create(machine(seal))
    assert status(story, flow) == SIGNED
    (signer,) = story.info(flow).FlowApproverInfos
    assert (signer.ApproveType, signer.ApproveName) == ("ENTERPRISESERVER", "典子谦"), "whoever launched signs"

    # Only who was given it launches; what waits for the machine of somebody who was not any more, waits.
    grant = {"ExtendServiceType": "OPEN_SERVER_SIGN", "UserIds": [story.operator]}
    waiting = story.create(machine(seal))
    story.call("DeleteExtendedServiceAuthInfos", **grant)
    assert status(story, waiting) == SIGNING
    assert refused(story.create, machine(seal)) == "OperationDenied.NoPermissionUseServerSignSeal"
    story.call("CreateExtendedServiceAuthInfos", **grant)
    assert status(story, story.create(machine(seal))) == SIGNED

    # Nobody fills in where a machine signs, until the company opens that too.
    text = {**BY_POSITION, "ComponentType": "TEXT", "ComponentId": "address"}
    filler = {"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "15912345678", "SignComponents": [BY_POSITION]}
    both = [{**filler, "Components": [text]}, *machine(seal)]
    assert refused(story.create, both) == "OperationDenied.ServerSignNoAllowComponent"
    story.call("ModifyExtendedService", ServiceType="AUTO_SIGN_CAN_FILL_IN", Operate="OPEN")
    assert story.create(both)

    changes = told(server, receiver, "OperateExtendedService")
    assert all(data["OrganizationId"] == company and data["OperateTime"] > 0 for _, data in changes)
    assert [(data["ServiceType"], data["OperateType"]) for _, data in changes] == [
        ("OPEN_SERVER_SIGN", "CLOSE"),
        ("OPEN_SERVER_SIGN", "OPEN"),
        ("AUTO_SIGN_CAN_FILL_IN", "OPEN"),
    ]
    assert [data["OperateTime"] for _, data in changes] == sorted(data["OperateTime"] for _, data in changes)


def test_a_partners_machine_signs_from_its_consent_on_with_the_seals_it_named(server, hear):
    story = Story(server)
    (partner,) = (one for one in server.world["keys"] if one["ORGANIZATION_NAME"] == SUPPLIER)
    company, seal = partner["ORGANIZATION_ID"], partner["SEAL_ID"]
    receiver = hear(company)
    assert refused(story.create, machine(seal, SUPPLIER)) == "OperationDenied.NoOpenServerSign"

    wanted = {"AuthorizedOrganizationName": SUPPLIER, "AuthToMe": True, "SealTypes": ["OFFICIAL"]}
    asked = story.call("CreatePartnerAutoSignAuthUrl", **wanted)
    week = asked.ExpireTime - server.control("GET", "clock")["now"]
    assert week == 7 * 86_400
    assert refused(story.call, "CreatePartnerAutoSignAuthUrl", **wanted) == "FailedOperation", "it waits to be signed"
    assert refused(story.create, machine(seal, SUPPLIER)) == "OperationDenied.NoOpenServerSign"
    walk(asked.Url, "agree")
    flow = story.create(machine(seal, SUPPLIER))
    assert status(story, flow) == SIGNED

    # The partner had no machine: its consent opened one, which is told before what it was opened for.
    (opened, opening), (granted, grant) = told(server, receiver, "OperateExtendedService", "PartnerServerSignAuthorization")
    assert (opened, granted) == ("OperateExtendedService", "PartnerServerSignAuthorization")
    assert (opening["OrganizationId"], opening["ServiceType"], opening["OperateType"]) == (company, "OPEN_SERVER_SIGN", "OPEN")
    assert (grant["OrganizationId"], grant["PartnerOrganizationId"]) == (company, server.world["ORGANIZATION_ID"])
    assert (grant["OperateType"], grant["OperateTime"]) == ("OPEN", opening["OperateTime"])
    assert grant["PartnerOrganizationName"] == "典子谦示例企业"


def test_a_person_lets_a_machine_sign_and_ends_it(server, hear):
    story, receiver = Story(server), hear()
    assert refused(prescription, story) == "OperationDenied.PersonNoOpenServerSign"
    assert refused(of_doctor, story, "CancelUserAutoSignEnableUrl") == "FailedOperation.UserAutoSignEnableUrlNotExist"

    config = {"UserInfo": DOCTOR, "SealImgCallback": True, "JumpUrl": "https://example.com/back"}
    ask = {"SceneKey": SCENE, "AutoSignConfig": config, "UserData": base64.b64encode(b"doctor 7").decode()}
    withdrawn = story.call("CreateUserAutoSignEnableUrl", **ask)
    assert withdrawn.AppId and withdrawn.Path and withdrawn.QrCode, "into the mini program"
    of_doctor(story, "CancelUserAutoSignEnableUrl")
    link = story.call("CreateUserAutoSignEnableUrl", UrlType="H5SIGN", **ask)
    assert (link.AppId, link.AppOriginalId, link.Path, link.QrCode) == ("", "", "", "")
    assert not of_doctor(story, "DescribeUserAutoSignStatus").IsOpen
    assert refused(of_doctor, story, "CreateUserAutoSignSealUrl") == "FailedOperation"
    consent(link.Url)

    opened = of_doctor(story, "DescribeUserAutoSignStatus")
    assert (opened.IsOpen, opened.LicenseType, opened.LicenseFrom, opened.LicenseTo) == (True, 1, 0, 0)
    assert refused(of_doctor, story, "CancelUserAutoSignEnableUrl") == "FailedOperation.UserAutoSignEnableAlready"
    certificate = x509.load_der_x509_certificate(base64.b64decode(of_doctor(story, "DescribePersonCertificate").Cert))
    assert DOCTOR["Name"] in certificate.subject.rfc4514_string()
    assert status(story, prescription(story)) == SIGNED
    walk(of_doctor(story, "CreateUserAutoSignSealUrl", EndPoint="HTTP").Url, "agree")
    drawn = of_doctor(story, "DescribeUserAutoSignStatus").SealId
    assert drawn not in ("", opened.SealId)

    waiting = prescription(story)
    of_doctor(story, "DisableUserAutoSign")
    assert status(story, waiting) == SIGNING, "it was ended before the machine came to it"
    assert refused(prescription, story) == "OperationDenied.PersonNoOpenServerSign"
    assert refused(of_doctor, story, "DescribePersonCertificate") == "OperationDenied"

    types = ("CancelUserAutoSign", "OpenUserAutoSign", "AutoSignSealImg", "DisableUserAutoSign")
    news = told(server, receiver, *types)
    assert [kind for kind, _ in news] == [
        "CancelUserAutoSign", "OpenUserAutoSign", "AutoSignSealImg", "AutoSignSealImg", "DisableUserAutoSign",
    ]  # fmt: skip
    for _, data in news:
        assert (data["Name"], data["SceneKey"], data["UserData"]) == (DOCTOR["Name"], SCENE, ask["UserData"])
        assert data["OperateTime"] > 0
    seals = [data for kind, data in news if kind == "AutoSignSealImg"]
    assert [data["SealId"] for data in seals] == [opened.SealId, drawn]
    assert all(base64.b64decode(data["SealImgBase64"]).startswith(b"\x89PNG") for data in seals), "the picture was asked for"
