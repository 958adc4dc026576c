"""A company brings a partner in with the official SDK: certified behind a link, into its group by an invitation, activated, acted for
and let go; each message on the way is there, in order, in company form."""

import requests

from browser import open_page
from story import Story

PARTNER = {"OrganizationName": "合作伙伴有限公司", "UniformSocialCreditCode": "91440300MA00000088", "LegalName": "黎明"}
ADMIN = {"AdminName": "白杨", "AdminMobile": "13912340002"}
USER_DATA = "eyJpZCI6IDF9"


def messages(server, receiver):
    server.settle()
    return [(one["MsgType"], one["MsgVersion"], one["MsgData"]) for one in receiver.messages]


def happens(server, **event):
    """What the vendor's people do about the one company that is guided."""
    (guided,) = [one for one in server.control("GET", "customers") if one["name"] == PARTNER["OrganizationName"]]
    return server.control("POST", "customers", {"application": guided["application"], "customer": guided["open_id"], **event})


def certify(story):
    """Hands the partner's data in on the page, uploads a letter, and has it turned down and passed."""
    link = story.call("CreateOrganizationAuthUrl", **PARTNER, **ADMIN, UserData=USER_DATA, Endpoint="SHORT_URL")
    page = open_page(link.AuthUrl)
    page = page.press("submit", company=PARTNER["OrganizationName"])
    page.press("letter")
    refused = happens(story.server, happens="letter_refused", reason="照片不清晰")
    again = story.call("CreateModifyAdminAuthorizationUrl", AuthorizationId=refused["authorization"], Endpoint="PC")
    open_page(again.Url).press("letter")
    happens(story.server, happens="letter_passed")
    return story.call("DescribeOrganizationAuthStatus", OrganizationName=PARTNER["OrganizationName"])


def test_a_partner_is_certified_and_the_guide_hears_of_every_step(server, receiver):
    story = Story(server)
    done = certify(story)
    assert done.IsVerified and done.AuthStatus == 2 and len(done.OrganizationId) == 32

    heard = messages(server, receiver)
    assert [kind for kind, _, _ in heard] == [
        "OrganizationAuthorization",
        "OrgAuthorizationFileSubmit",
        "OrganizationAuthorizationFileReview",
        "OrgAuthorizationFileInvalid",
        "OrgAuthorizationFileSubmit",
        "OrganizationAuthorizationFileReview",
        "CreateOrganization",
    ]
    assert {version for _, version, _ in heard} == {"CustomApp"}
    assert heard[2][2]["Reason"] == "照片不清晰"
    created = heard[-1][2]
    assert created["OrganizationId"] == done.OrganizationId and created["UserData"] == USER_DATA
    assert created["UniformSocialCreditCode"] == PARTNER["UniformSocialCreditCode"]


def test_a_partner_joins_the_group_is_acted_for_and_leaves(server, receiver):
    story = Story(server)
    partner = certify(story).OrganizationId
    before = len(messages(server, receiver))
    until = server.control("GET", "clock")["now"] + 86_400
    page = open_page(story.call("CreateOrganizationGroupInvitationLink", ExpireTime=until).JumpUrl)
    who = {"company": PARTNER["OrganizationName"], "who": ADMIN["AdminMobile"]}
    page.press("join", **who).press("authorize", **who)

    def status():
        listed = story.call("DescribeOrganizationGroupOrganizations", Limit=10, Offset=0, Id=partner)
        return listed.List[0].Status

    assert status() == 2
    assert story.call("CreateIntegrationSubOrganizationActiveRecord", SubOrganizationIds=[partner]).FailedSubOrganizationIds == []
    assert status() == 5
    seals = story.call("DescribeOrganizationSeals", Limit=10, Offset=0, Agent={"ProxyOrganizationId": partner})
    assert seals.TotalCount == 0
    server.control("POST", "members", {"member": partner, "happens": "released"})
    assert status() == 4

    heard = messages(server, receiver)[before:]
    assert [kind for kind, _, _ in heard] == ["SubOrganizationJoinOrganizationGroup", "UnbindOrganizationGroup"]
    assert {data["OrganizationId"] for _, _, data in heard} == {partner}


def test_several_companies_are_proved_behind_one_link(server):
    story = Story(server)
    companies = [
        {**PARTNER, **ADMIN, "OrganizationName": f"合作伙伴{number}号有限公司", "UniformSocialCreditCode": f"91440300MA0000009{number}"}
        for number in range(3)
    ]
    task = story.call("CreateBatchOrganizationRegistrationTasks", RegistrationOrganizations=companies).TaskId
    server.control("POST", "clock", {"advance": "3s"})
    links = story.call("DescribeBatchOrganizationRegistrationUrls", TaskId=task).OrganizationAuthUrls
    tasks = [one.SubTaskId for one in links]
    link = story.call("CreateBatchOrganizationAuthorizationUrl", **ADMIN, SubTaskIds=tasks).AuthUrl
    listed = requests.get(link, timeout=30)
    assert listed.status_code == 200
    assert all(one["OrganizationName"] in listed.text for one in companies)
    open_page(links[0].AuthUrl).press("submit", company=companies[0]["OrganizationName"])
    details = story.call("DescribeBatchOrganizationRegistrationTasks", TaskIds=tasks).Details
    assert sorted(one.Status for one in details) == ["Create", "Create", "Submit"]
