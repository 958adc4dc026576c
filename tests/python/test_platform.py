"""A platform and two of its customers, by the official SDK: brought in, a contract by template, links, callbacks, downloads."""

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from platform_story import Customer, Platform, walk
from receiver import Receiver

FIRST = Customer("org_haifeng", "haifeng_admin", "海风贸易有限公司", "91440300MA00000017", "何海风", "13700000017")
SECOND = Customer("org_shanyu", "shanyu_admin", "山雨科技有限公司", "91440300MA00000025", "单山雨", "13700000025")
# What the application hears of a contract, from its template to its end; a `FlowStatusChange` by the status it tells.
CONTRACT = ["TemplateAdd", "DocumentFill", "BillingUse", "FlowCost", "INIT", "PART", "ALL", "ALL"]
BUYERS = {
    FIRST: {"Name": "张买家", "Mobile": "15912340001"},
    SECOND: {"Name": "李买家", "Mobile": "15912340002"},
}


@pytest.fixture
def partner(server):
    """A callback receiver of the application."""
    receiver = Receiver(server.world["CALLBACK_KEY"], server.world["CALLBACK_TOKEN"])
    address = {"url": receiver.url, "application": server.world["APP_ID"]}
    server.control("POST", "callbacks/addresses", address)
    yield receiver
    receiver.close()


def told(receiver, customer):
    """What the application heard of one customer, in order, as `MsgType` or what became of the contract."""
    own = [one for one in receiver.messages if one["MsgData"]["ProxyOrganizationOpenId"] == customer.open_id]
    assert all(one["MsgVersion"] == "ThirdPartyApp" for one in own)
    return [one["MsgData"].get("FlowStatus", one["MsgType"]) for one in own]


def bring_in(platform, customer, *steps):
    """From a name to a proof of who it is; the page offers what comes next under these names."""
    console = platform.console(customer)
    assert not console.IsActivated and not console.ProxyOperatorIsVerified
    walk(console.ConsoleUrl, "grant", "submit", *steps)


def test_two_customers_go_from_a_name_to_signed_downloads(server, partner):
    platform = Platform(server)
    bring_in(platform, FIRST, "legal_person", "agree")
    bring_in(platform, SECOND, "letter")
    assert platform.organization(SECOND).AuthorizationStatus == "VERIFYINGAUTHORIZATIONFILEPENDING"
    # What the vendor's people do: they look at the letter.
    server.control("POST", "customers", {"customer": SECOND.open_id, "happens": "letter_passed"})

    flows = {}
    for customer in (FIRST, SECOND):
        assert platform.organization(customer).AuthorizationStatus == "VERIFIED"
        template = platform.make_template(customer)
        with pytest.raises(TencentCloudSDKException) as unlicensed:
            platform.launch(customer, template, BUYERS[customer], "100")
        assert unlicensed.value.code == "OperationDenied", "without a licence nothing is launched"
        platform.call("CreateChannelSubOrganizationActive", FIRST, SubOrganizationOpenIds=[customer.open_id])
        assert platform.organization(customer).ActiveStatus == 1
        flows[customer] = platform.launch(customer, template, BUYERS[customer], "100")
    server.advance("10s")

    for customer, other in ((FIRST, SECOND), (SECOND, FIRST)):
        assert platform.downloads(other, flows[customer]) == "合同没有权限", "nobody gets another customer's contract"
        with pytest.raises(TencentCloudSDKException) as foreign:
            platform.sign_links(other, flows[customer])
        assert foreign.value.code == "OperationDenied"
        for link in platform.sign_links(customer, flows[customer]):
            walk(link, "sign")
    server.advance("10s")

    documents = {customer: platform.downloads(customer, flow) for customer, flow in flows.items()}
    assert all(document.startswith(b"%PDF") for document in documents.values())
    assert documents[FIRST] != documents[SECOND]
    for customer, flow in flows.items():
        assert platform.status(customer, flow) == "ALL"
    begun, opened = ["OrgAuth", "OrganizationAuthorization"], ["OrgOpenTsignBiz", "VerifyStaffInfo"]
    assert told(partner, FIRST) == [*begun, *opened, *CONTRACT]
    assert told(partner, SECOND) == [*begun, "OrgAuthorizationFileSubmit", "OrgCertify", *opened, *CONTRACT]
