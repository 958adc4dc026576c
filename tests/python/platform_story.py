"""A platform through the official SDK: it brings a customer in, and launches and follows the customer's contracts."""

import base64
import json
from dataclasses import dataclass

import requests
from tencentcloud.essbasic.v20210526 import models

from story import DOCUMENT

# What a customer's template is made of: the initiator fills in a price, the company seals, a person signs.
SALE = {
    "action": "save", "name": "销售合同", "order": "ordered",
    "party.1.role": "甲方", "party.1.kind": "organization", "party.2.role": "乙方", "party.2.kind": "person",
    "component.1.owner": "initiator", "component.1.type": "TEXT", "component.1.name": "价款",
    "component.2.owner": "1", "component.2.type": "SIGN_SEAL", "component.2.page": "2",
    "component.3.owner": "2", "component.3.type": "SIGN_SIGNATURE", "component.3.page": "2", "component.3.x": "320",
}  # fmt: skip


@dataclass(frozen=True)
class Customer:
    """A company under the platform's own ids."""

    open_id: str
    admin: str
    company: str
    credit_code: str
    name: str
    mobile: str


class Platform:
    """Calls through one application."""

    def __init__(self, server):
        self.server = server
        self.client = server.essbasic()
        self.application = server.world["APP_ID"]

    def call(self, action, customer=None, **fields):
        agent = {"AppId": self.application}
        if customer:
            agent |= {"ProxyOrganizationOpenId": customer.open_id, "ProxyOperator": {"OpenId": customer.admin}}
        request = getattr(models, f"{action}Request")()
        request.from_json_string(json.dumps({"Agent": agent, **fields}))
        return getattr(self.client, action)(request)

    def console(self, customer):
        """The customer's way into the console."""
        said = {"ProxyOrganizationName": customer.company, "UniformSocialCreditCode": customer.credit_code}
        person = {"ProxyOperatorName": customer.name, "ProxyOperatorMobile": customer.mobile}
        return self.call("CreateConsoleLoginUrl", customer, ProxyLegalName=customer.name, **said, **person)

    def organization(self, customer):
        """How far the customer is."""
        wanted = {"OrganizationOpenId": customer.open_id, "Limit": 20}
        (found,) = self.call("DescribeChannelOrganizations", **wanted).ChannelOrganizationInfos
        return found

    def upload(self, customer):
        file = {"FileName": "合同.pdf", "FileBody": base64.b64encode(DOCUMENT.read_bytes()).decode()}
        (file_id,) = self.call("UploadFiles", customer, BusinessType="DOCUMENT", FileInfos=[file]).FileIds
        return file_id

    def make_template(self, customer):
        """Has the customer make a template on the console's embedded page; answers it as the API describes it."""
        page = self.call("ChannelCreateEmbedWebUrl", customer, EmbedType="CREATE_TEMPLATE").WebUrl
        saved = requests.post(page, data={**SALE, "file": self.upload(customer)}, timeout=30)
        assert saved.status_code == 200, saved.text
        (template,) = self.call("DescribeTemplates", customer, TemplateName=SALE["name"]).Templates
        return template

    def launch(self, customer, template, person, price):
        """Launches a contract from the template; answers its id."""
        company, signer = (one.RecipientId for one in template.Recipients)
        own = {"ApproverType": "ORGANIZATION", "OrganizationOpenId": customer.open_id, "OpenId": customer.admin}
        contract = {
            "FlowName": f"销售合同（{customer.company}）", "TemplateId": template.TemplateId, "CustomerData": "b3du",
            "Deadline": self.server.control("GET", "clock")["now"] + 7 * 86_400,
            "FlowApprovers": [{"RecipientId": company, **own}, {"RecipientId": signer, "ApproverType": "PERSON", **person}],
            "FormFields": [{"ComponentName": "价款", "ComponentValue": price}],
        }  # fmt: skip
        made = self.call("CreateFlowsByTemplates", customer, FlowInfos=[contract])
        assert made.ErrorMessages == [""], made.ErrorMessages
        (flow,) = made.FlowIds
        return flow

    def status(self, customer, flow):
        (found,) = self.call("DescribeFlowDetailInfo", customer, FlowIds=[flow]).FlowInfo
        return found.FlowStatus

    def sign_links(self, customer, flow):
        """A link for each signer, in order."""
        return [one.SignUrl for one in self.call("CreateSignUrls", customer, FlowIds=[flow]).SignUrlInfos]

    def downloads(self, customer, flow):
        """The document's bytes, or the words why there are none."""
        answer = self.call("DescribeResourceUrlsByFlows", customer, FlowIds=[flow])
        (message,), (found,) = answer.ErrorMessages, answer.FlowResourceUrlInfos
        if message:
            return message
        (resource,) = found.ResourceUrlInfos
        return requests.get(resource.Url, timeout=30).content


def walk(url, *actions):
    """Does on a page what it offers under these names, one after the other, with the values it knows."""
    address = requests.get(url, timeout=30).url
    for action in actions:
        shown = requests.get(address, headers={"Accept": "application/json"}, timeout=30)
        assert shown.status_code == 200, shown.text
        offered = {one["action"]: one["body"] for one in shown.json()["actions"]}
        assert action in offered, f"{action}: the page offers {list(offered)}"
        answer = requests.post(address, json=offered[action], timeout=30)
        assert answer.status_code == 200, answer.text
