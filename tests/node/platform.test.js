// A platform and two of its customers with the official Node SDK: brought in, a contract by template, links, callbacks, downloads.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");
const { Receiver, ROOT, Server } = require("./ess-mock");

const DOCUMENT = fs.readFileSync(path.join(ROOT, "fixtures", "pdf", "form-fields.pdf"));
const FIRST = {
  openId: "org_haifeng", admin: "haifeng_admin", company: "海风贸易有限公司", creditCode: "91440300MA00000017",
  name: "何海风", mobile: "13700000017", buyer: { Name: "张买家", Mobile: "15912340001" },
};
const SECOND = {
  openId: "org_shanyu", admin: "shanyu_admin", company: "山雨科技有限公司", creditCode: "91440300MA00000025",
  name: "单山雨", mobile: "13700000025", buyer: { Name: "李买家", Mobile: "15912340002" },
};
// What a customer's template is made of: the initiator fills in a price, the company seals, a person signs.
const SALE = {
  action: "save", name: "销售合同", order: "ordered",
  "party.1.role": "甲方", "party.1.kind": "organization", "party.2.role": "乙方", "party.2.kind": "person",
  "component.1.owner": "initiator", "component.1.type": "TEXT", "component.1.name": "价款",
  "component.2.owner": "1", "component.2.type": "SIGN_SEAL", "component.2.page": "2",
  "component.3.owner": "2", "component.3.type": "SIGN_SIGNATURE", "component.3.page": "2", "component.3.x": "320",
};

// What the application hears of a contract, from its template to its end; a `FlowStatusChange` by the status it tells.
const CONTRACT = ["TemplateAdd", "DocumentFill", "BillingUse", "FlowCost", "INIT", "PART", "ALL", "ALL"];

/** Calls through one application. */
class Platform {
  constructor(server) {
    this.server = server;
    this.client = server.essbasic();
    this.application = server.world.APP_ID;
  }

  call(action, customer, fields = {}) {
    const Agent = { AppId: this.application };
    if (customer) Object.assign(Agent, { ProxyOrganizationOpenId: customer.openId, ProxyOperator: { OpenId: customer.admin } });
    return this.client[action]({ Agent, ...fields });
  }

  /** From a name to a proof of who it is; the page offers what comes next under these names. */
  async bringIn(customer, ...steps) {
    const console_ = await this.call("CreateConsoleLoginUrl", customer, {
      ProxyOrganizationName: customer.company,
      UniformSocialCreditCode: customer.creditCode,
      ProxyLegalName: customer.name,
      ProxyOperatorName: customer.name,
      ProxyOperatorMobile: customer.mobile,
    });
    assert.equal(console_.IsActivated, false);
    await walk(console_.ConsoleUrl, "grant", "submit", ...steps);
  }

  async makeTemplate(customer) {
    const FileInfos = [{ FileName: "合同.pdf", FileBody: DOCUMENT.toString("base64") }];
    const { FileIds } = await this.call("UploadFiles", customer, { BusinessType: "DOCUMENT", FileInfos });
    const { WebUrl } = await this.call("ChannelCreateEmbedWebUrl", customer, { EmbedType: "CREATE_TEMPLATE" });
    const saved = await fetch(WebUrl, { method: "POST", body: new URLSearchParams({ ...SALE, file: FileIds[0] }) });
    assert.equal(saved.status, 200, await saved.text());
    const { Templates } = await this.call("DescribeTemplates", customer, { TemplateName: SALE.name });
    return Templates[0];
  }

  async launch(customer, template) {
    const [company, signer] = template.Recipients.map((one) => one.RecipientId);
    const own = { ApproverType: "ORGANIZATION", OrganizationOpenId: customer.openId, OpenId: customer.admin };
    const { now } = await this.server.control("GET", "clock");
    const contract = {
      Deadline: now + 7 * 86_400,
      FlowName: `销售合同（${customer.company}）`,
      TemplateId: template.TemplateId,
      FlowApprovers: [
        { RecipientId: company, ...own },
        { RecipientId: signer, ApproverType: "PERSON", ...customer.buyer },
      ],
      FormFields: [{ ComponentName: "价款", ComponentValue: "100" }],
    };
    const { FlowIds, ErrorMessages } = await this.call("CreateFlowsByTemplates", customer, { FlowInfos: [contract] });
    assert.deepEqual(ErrorMessages, [""]);
    return FlowIds[0];
  }

  /** The document's bytes, or the words why there are none. */
  async download(customer, flow) {
    const answer = await this.call("DescribeResourceUrlsByFlows", customer, { FlowIds: [flow] });
    if (answer.ErrorMessages[0]) return answer.ErrorMessages[0];
    const { Url } = answer.FlowResourceUrlInfos[0].ResourceUrlInfos[0];
    return Buffer.from(await (await fetch(Url)).arrayBuffer());
  }
}

/** Does on a page what it offers under these names, one after the other, with the values it knows. */
async function walk(link, ...actions) {
  const { url } = await fetch(link);
  for (const action of actions) {
    const shown = await (await fetch(url, { headers: { Accept: "application/json" } })).json();
    const offered = shown.actions.find((one) => one.action === action);
    assert.ok(offered, `${action}: the page offers ${shown.actions.map((one) => one.action)}`);
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(offered.body) });
    assert.equal(answer.status, 200, await answer.text());
  }
}

/** What the application heard of one customer, in order: the message's type, or what became of the contract. */
function told(receiver, customer) {
  const own = receiver.messages.filter((one) => one.MsgData.ProxyOrganizationOpenId === customer.openId);
  return own.map((one) => one.MsgData.FlowStatus ?? one.MsgType);
}

test("two customers go from a name to signed downloads", async () => {
  const server = await Server.start("--clock", "frozen");
  const receiver = await Receiver.start(server.world.CALLBACK_KEY, server.world.CALLBACK_TOKEN);
  try {
    await server.control("POST", "callbacks/addresses", { url: receiver.url, application: server.world.APP_ID });
    const platform = new Platform(server);
    await platform.bringIn(FIRST, "legal_person", "agree");
    await platform.bringIn(SECOND, "letter");
    await server.control("POST", "customers", { customer: SECOND.openId, happens: "letter_passed" });

    const both = { SubOrganizationOpenIds: [FIRST.openId, SECOND.openId] };
    await platform.call("CreateChannelSubOrganizationActive", FIRST, both);
    const flows = new Map();
    for (const customer of [FIRST, SECOND]) {
      flows.set(customer, await platform.launch(customer, await platform.makeTemplate(customer)));
    }
    for (const [customer, flow] of flows) {
      const { SignUrlInfos } = await platform.call("CreateSignUrls", customer, { FlowIds: [flow] });
      assert.equal(SignUrlInfos.length, 2);
      for (const { SignUrl } of SignUrlInfos) await walk(SignUrl, "sign");
    }
    await server.control("POST", "clock", { advance: "10s" });

    assert.equal(await platform.download(SECOND, flows.get(FIRST)), "合同没有权限");
    for (const [customer, flow] of flows) {
      const { FlowInfo } = await platform.call("DescribeFlowDetailInfo", customer, { FlowIds: [flow] });
      assert.equal(FlowInfo[0].FlowStatus, "ALL");
      const document = await platform.download(customer, flow);
      assert.ok(document.subarray(0, 4).toString() === "%PDF" && document.length > DOCUMENT.length);
    }
    const [begun, opened] = [["OrgAuth", "OrganizationAuthorization"], ["OrgOpenTsignBiz", "VerifyStaffInfo"]];
    assert.deepEqual(told(receiver, FIRST), [...begun, ...opened, ...CONTRACT]);
    assert.deepEqual(told(receiver, SECOND), [...begun, "OrgAuthorizationFileSubmit", "OrgCertify", ...opened, ...CONTRACT]);
  } finally {
    receiver.close();
    await server.stop();
  }
});
