"""The chapter for holding groups: a main company reads its members' seals, templates and contracts, launches for them, makes
their links, and hears what happens to them."""

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from receiver import Receiver
from story import BY_POSITION, PERSON, Story


@pytest.fixture
def members(server):
    """The members that have joined, as the main company is told of them."""
    listed = Story(server).call("DescribeOrganizationGroupOrganizations", Limit=20, Offset=0, Status=5)
    assert listed.ActivatedTotal == len(listed.List) >= 1
    return listed.List


@pytest.fixture
def hear_of(server):
    """Adds a receiver of a member's own."""
    receivers = []

    def add(member):
        key, token = "0123456789abcdef0123456789ABCDEF", "a token of this member"
        receiver = Receiver(key, token)
        receivers.append(receiver)
        address = {"url": receiver.url, "key": key, "token": token, "organization": member.OrganizationId}
        server.control("POST", "callbacks/addresses", address)
        return receiver

    yield add
    for receiver in receivers:
        receiver.close()


def acting_for(member):
    return {"Agent": {"ProxyOrganizationId": member.OrganizationId}}


def launch(story, member):
    """A contract of the member's that one person signs."""
    signer = {"ApproverType": 1, **PERSON, "SignComponents": [BY_POSITION]}
    launched = story.call(
        "CreateFlowByFiles",
        FlowName="成员企业的合同",
        FileIds=[story.upload(**acting_for(member))],
        Approvers=[signer],
        **acting_for(member),
    )
    return launched.FlowId


def test_the_main_company_reads_what_a_member_has(server, members):
    story = Story(server)
    acting = acting_for(members[0])
    seals = story.call("DescribeOrganizationSeals", Limit=10, Offset=0, **acting)
    own = story.call("DescribeOrganizationSeals", Limit=10, Offset=0)
    assert seals.TotalCount == len(seals.Seals) == 1
    assert not {one.SealId for one in seals.Seals} & {one.SealId for one in own.Seals}
    # No member of the demo world has a template, and none of the main company's is shown in its place.
    assert story.call("DescribeFlowTemplates", Limit=10, Offset=0).TotalCount > 0
    assert story.call("DescribeFlowTemplates", Limit=10, Offset=0, **acting).TotalCount == 0


def test_the_main_company_launches_for_a_member_and_both_hear_of_it(server, receiver, members):
    story = Story(server)
    member = members[0]
    flow = launch(story, member)

    info = story.call("DescribeFlowInfo", FlowIds=[flow], **acting_for(member))
    assert info.FlowDetailInfos[0].FlowName == "成员企业的合同"
    link = story.call("CreateSchemeUrl", FlowId=flow, EndPoint="HTTP", **acting_for(member))
    assert link.SchemeUrl.startswith(server.url)

    server.control("POST", f"flows/{flow}/sign", {"approver": 0})
    server.settle()

    changes = [one["MsgData"] for one in receiver.messages if one["MsgType"] == "FlowStatusChange"]
    assert [one["Operate"] for one in changes] == ["start", "sign", "finish"]
    # Ids are the member's own: the company's, and the operator's account in it.
    assert {one["OrganizationId"] for one in changes} == {member.OrganizationId}
    assert {one["UserId"] for one in changes}.isdisjoint({story.operator})


def test_a_member_hears_only_of_itself(server, receiver, hear_of, members):
    story = Story(server)
    member, sister = members[0], members[1]
    at_member, at_sister = hear_of(member), hear_of(sister)
    launch(story, member)
    server.settle()
    assert at_member.story == receiver.story
    assert "FlowStatusChange start" in at_member.story
    assert at_sister.story == []


def test_nobody_acts_for_a_company_that_is_no_member(server):
    story = Story(server)
    with pytest.raises(TencentCloudSDKException) as refused:
        story.call("DescribeOrganizationSeals", Limit=10, Offset=0, Agent={"ProxyOrganizationId": "yDemoNobodyAtAll"})
    assert refused.value.code == "OperationDenied.SubOrgNotJoin"
