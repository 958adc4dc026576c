"""The guide's chapter for employees, with the official SDK: somebody joins, gets a role and with it a right, works, and hands over what
waits for them when they leave. Every callback is looked at for its type, its place and its fields."""

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from browser import open_page
from story import Story

NEWCOMER = {"DisplayName": "钱新人", "Mobile": "13511110001"}
# What everybody is who joins, and the role that lets make seals.
CLERK, KEEPER = "经办人", "企业印章管理员"
SEAL = {
    "ComponentType": "SIGN_SEAL", "FileIndex": 0, "ComponentPage": 1,
    "ComponentPosX": 320, "ComponentPosY": 560, "ComponentWidth": 100, "ComponentHeight": 100,
}  # fmt: skip
OF_STAFF = ("VerifyStaffInfo", "RolesChange", "QuiteJob", "ForwardFLow")


def told(server, receiver):
    """The messages about employees, in order: type and fields. A company is told in its own form."""
    server.settle()
    own = [one for one in receiver.messages if one["MsgType"] in OF_STAFF]
    assert all(one["MsgVersion"] == "CustomApp" and one["MsgId"] for one in own)
    return [(one["MsgType"], one["MsgData"]) for one in own]


def join(story):
    """Calls somebody to the company, who proves on the page who they are; answers their UserId."""
    called = story.call("CreateIntegrationEmployees", Employees=[NEWCOMER], InvitationNotifyType="H5")
    (invited,) = called.CreateEmployeeResult.SuccessEmployeeData
    page = open_page(invited.Url)
    assert page.press("confirm", person_name="别的人", own_mobile=NEWCOMER["Mobile"]).status == 409
    joined = page.press(
        "confirm", person_name=NEWCOMER["DisplayName"], own_mobile=NEWCOMER["Mobile"], card="110101199003070046"
    )
    assert joined.status == 200, joined.html
    return invited.UserId


def role_id(story, name):
    roles = story.call("DescribeIntegrationRoles", Limit=50, Offset=0).IntegrateRoles
    return next(one.RoleId for one in roles if one.RoleName == name)


def by(user, story):
    """The same company's calls, by another employee."""
    other = Story(story.server, story.client)
    other.operator = user
    return other


def refused(call, *parameters, **fields):
    with pytest.raises(TencentCloudSDKException) as error:
        call(*parameters, **fields)
    return error.value.code


def make_seal(story, name):
    return story.call("CreateSeal", SealName=name, GenerateSource="SealGenerateSourceSystem", SealType="FINANCE").SealId


def test_an_employee_joins_works_by_a_role_and_leaves(server, receiver):
    story = Story(server)
    company = server.world["ORGANIZATION_ID"]
    user = join(story)
    (shown,) = story.call("DescribeIntegrationEmployees", Filters=[{"Key": "UserId", "Values": [user]}]).Employees
    assert (shown.DisplayName, shown.Mobile, shown.Verified) == (NEWCOMER["DisplayName"], "135****0001", True)
    assert [role.RoleName for role in shown.Roles] == [CLERK]

    newcomer = by(user, story)
    assert refused(make_seal, newcomer, "新人的财务章") == "OperationDenied.Forbid"
    role = role_id(story, KEEPER)
    given = story.call("CreateIntegrationUserRoles", UserIds=[user], RoleIds=[role])
    assert given.FailedCreateRoleData == []
    assert make_seal(newcomer, "新人的财务章")
    story.call("DeleteIntegrationRoleUsers", RoleId=role, Users=[{"UserId": user}])
    assert refused(make_seal, newcomer, "又一枚财务章") == "OperationDenied.Forbid"

    result = story.call("DeleteIntegrationEmployees", Employees=[{"UserId": user}]).DeleteEmployeeResult
    assert [one.UserId for one in result.SuccessEmployeeData] == [user], result.FailedEmployeeData
    assert refused(make_seal, newcomer, "又一枚财务章") == "OperationDenied.NoLogin"

    messages = told(server, receiver)
    assert [kind for kind, _ in messages] == ["VerifyStaffInfo", "RolesChange", "RolesChange", "QuiteJob"]
    assert {(data["OrganizationId"], data["UserId"]) for _, data in messages} == {(company, user)}
    joined, got, lost, _ = [data for _, data in messages]
    assert joined["Name"] == got["Name"] == lost["Name"] == NEWCOMER["DisplayName"]
    assert (got["BeforeRoleNames"], got["AfterRoleNames"]) == ([CLERK], [CLERK, KEEPER])
    assert (lost["BeforeRoleNames"], lost["AfterRoleNames"]) == ([CLERK, KEEPER], [CLERK])


def test_what_waits_for_somebody_goes_to_who_takes_over(server, receiver):
    story = Story(server)
    user = join(story)
    organization = {"OrganizationName": server.world["ORGANIZATION_NAME"]}
    signer = {"ApproverName": NEWCOMER["DisplayName"], "ApproverMobile": NEWCOMER["Mobile"], **organization}
    flow = story.create([{"ApproverType": 0, **signer, "SignComponents": [SEAL]}])

    failed = story.call("DeleteIntegrationEmployees", Employees=[{"UserId": user}]).DeleteEmployeeResult
    assert [one.UserId for one in failed.FailedEmployeeData] == [user]
    handed = {"UserId": user, "ReceiveUserId": story.operator}
    left = story.call("DeleteIntegrationEmployees", Employees=[handed]).DeleteEmployeeResult
    assert [one.UserId for one in left.SuccessEmployeeData] == [user]

    server.settle()
    (approver,) = story.info(flow).FlowApproverInfos
    assert approver.ApproveName == "典子谦"
    assert [kind for kind, _ in told(server, receiver)] == ["VerifyStaffInfo", "ForwardFLow", "QuiteJob"]
    assert told(server, receiver)[-1][1]["UserId"] == user
