"""Groups of contracts, by the official SDK: launched together or not at all, and what receivers hear of the group."""

import pytest
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

from story import BY_POSITION, PERSON, Story


def group(story, *names):
    """A contract of this name for each, signed by one person."""
    signer = {"ApproverType": 1, **PERSON, "SignComponents": [BY_POSITION]}
    infos = [{"FlowName": name, "FileIds": [story.upload()], "Approvers": [signer]} for name in names]
    return {"FlowGroupName": "两份合同", "FlowGroupInfos": infos}


def told_of(receiver):
    """What stood where, in order."""
    return [
        one["MsgData"].get("FlowGroupStatus") or one["MsgData"]["Operate"]
        for one in receiver.messages
        if one["MsgType"] in ["FlowStatusChange", "FlowGroupStatusChange"]
    ]


def test_a_group_is_signed_contract_by_contract(server, receiver):
    story = Story(server)
    launched = story.call("CreateFlowGroupByFiles", **group(story, "合同一", "合同二"))
    info = story.call("DescribeFlowInfo", FlowGroupId=launched.FlowGroupId)
    assert (info.FlowGroupName, [one.FlowName for one in info.FlowDetailInfos]) == ("两份合同", ["合同一", "合同二"])
    assert [one.FlowId for one in launched.Approvers] == launched.FlowIds

    for flow in launched.FlowIds:
        server.control("POST", f"flows/{flow}/sign", {"approver": 0})
    server.settle()

    assert told_of(receiver) == ["start", "start", "sign", "finish", "sign", "finish", "ALL"]
    status = next(one["MsgData"] for one in receiver.messages if one["MsgType"] == "FlowGroupStatusChange")
    assert (status["FlowGroupId"], status["FlowIds"]) == (launched.FlowGroupId, launched.FlowIds)
    changes = [one["MsgData"] for one in receiver.messages if one["MsgType"] == "FlowStatusChange"]
    assert {one["FlowGroupMessage"]["FlowGroupId"] for one in changes} == {launched.FlowGroupId}


def test_a_group_whose_contracts_end_differently_is_partly_invalid(server, receiver):
    story = Story(server)
    first, second = story.call("CreateFlowGroupByFiles", **group(story, "合同一", "合同二")).FlowIds

    server.control("POST", f"flows/{first}/sign", {"approver": 0})
    server.control("POST", f"flows/{second}/reject", {"approver": 0, "message": "价格不对"})
    server.settle()

    assert told_of(receiver)[-2:] == ["reject", "PART"]


def test_one_bad_contract_launches_none(server, receiver):
    story = Story(server)
    wanted = group(story, "合同一", "合同二")
    wanted["FlowGroupInfos"][1]["Approvers"] = [{**wanted["FlowGroupInfos"][0]["Approvers"][0], "ApproverName": "张三&&&"}]

    with pytest.raises(TencentCloudSDKException) as refused:
        story.call("CreateFlowGroupByFiles", **wanted)
    server.settle()

    assert refused.value.code == "InvalidParameter.Name"
    assert refused.value.message == "参数错误,名字`张三&&&`填写错误,请修改后重试"
    assert receiver.story == []
