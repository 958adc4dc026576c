"""One contract through the official SDK: a company of another organization, a person, and a seal set automatically."""

import base64
import json

from tencentcloud.ess.v20201111 import models

from ess_mock import PDFS

# Two pages with the form field 甲方签章 and the words 表单.
DOCUMENT = PDFS / "form-fields.pdf"
SUPPLIER = "示例供应商（测试）有限公司"
SUPPLIERS_SIGNER = {"ApproverName": "李四光", "ApproverMobile": "13500000001"}
PERSON = {"ApproverName": "张三", "ApproverMobile": "15912345678"}

BY_POSITION = {
    "ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1,
    "ComponentPosX": 320, "ComponentPosY": 560, "ComponentWidth": 120, "ComponentHeight": 50,
}  # fmt: skip
BY_KEYWORD = {
    "ComponentType": "SIGN_SEAL", "FileIndex": 0, "GenerateMode": "KEYWORD", "ComponentId": "表单",
    "KeywordPage": 2, "ComponentWidth": 90, "ComponentHeight": 90,
}  # fmt: skip
BY_FIELD = {"ComponentType": "SIGN_SEAL", "FileIndex": 0, "GenerateMode": "FIELD", "ComponentName": "甲方签章"}


def request(action, operator=None, **fields):
    """A request of the SDK's own models, filled from plain values."""
    if operator:
        fields["Operator"] = {"UserId": operator}
    request = getattr(models, f"{action}Request")()
    request.from_json_string(json.dumps(fields))
    return request


class Story:
    """Calls the official client does, by the demo world's operator."""

    def __init__(self, server, client=None):
        self.server = server
        self.client = client or server.ess()
        self.operator = server.world["OPERATOR_USER_ID"]

    def call(self, action, **fields):
        return getattr(self.client, action)(request(action, self.operator, **fields))

    def upload(self, pdf=DOCUMENT, name="合同.pdf", **fields):
        """Uploads a file, given by its path or its bytes; answers its id."""
        content = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
        file = {"FileName": name, "FileBody": base64.b64encode(content).decode()}
        caller = {"OperatorId": self.operator}
        wanted = request("UploadFiles", BusinessType="DOCUMENT", FileInfos=[file], Caller=caller, **fields)
        (file_id,) = self.client.UploadFiles(wanted).FileIds
        return file_id

    def approvers(self):
        return [
            {"ApproverType": 0, "OrganizationName": SUPPLIER, **SUPPLIERS_SIGNER, "SignComponents": [BY_KEYWORD]},
            {"ApproverType": 1, **PERSON, "SignComponents": [BY_POSITION]},
            {"ApproverType": 3, "SignComponents": [{**BY_FIELD, "ComponentValue": self.server.world["SEAL_ID"]}]},
        ]

    def create(self, approvers=None, name="采购合同", **fields):
        """Uploads the document and launches a contract; answers its id."""
        approvers = approvers or self.approvers()
        answer = self.call("CreateFlowByFiles", FlowName=name, FileIds=[self.upload()], Approvers=approvers, **fields)
        return answer.FlowId

    def one_person(self, **fields):
        """A contract that one person signs."""
        return self.create([{"ApproverType": 1, **PERSON, "SignComponents": [BY_POSITION]}], **fields)

    def brief(self, flow):
        (brief,) = self.call("DescribeFlowBriefs", FlowIds=[flow]).FlowBriefs
        return brief

    def info(self, flow):
        (info,) = self.call("DescribeFlowInfo", FlowIds=[flow]).FlowDetailInfos
        return info

    def sign_url(self, flow, approver=PERSON, kind=1, **fields):
        infos = [{"ApproverType": kind, **approver}]
        if kind == 0:
            infos[0]["OrganizationName"] = SUPPLIER
        (link,) = self.call("CreateFlowSignUrl", FlowId=flow, FlowApproverInfos=infos, **fields).FlowApproverUrlInfos
        return link.SignUrl

    def download_url(self, flow, **fields):
        (file,) = self.call("DescribeFileUrls", BusinessType="FLOW", BusinessIds=[flow], **fields).FileUrls
        return file.Url
