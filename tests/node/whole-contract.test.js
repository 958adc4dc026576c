// The user's minute with the official Node SDK: one contract from PDF to signed download.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");
const { Receiver, ROOT, Server } = require("./ess-mock");

const DOCUMENT = fs.readFileSync(path.join(ROOT, "fixtures", "pdf", "form-fields.pdf"));
const PERSON = { ApproverName: "张三", ApproverMobile: "15912345678" };
const SIGNATURE = {
  ComponentType: "SIGN_SIGNATURE",
  FileIndex: 0,
  ComponentPage: 1,
  ComponentPosX: 320,
  ComponentPosY: 560,
  ComponentWidth: 120,
  ComponentHeight: 50,
};

/** Runs `play` with a server of its own, which is stopped whatever happens. */
function withServer(play) {
  return async () => {
    const server = await Server.start("--clock", "frozen");
    const receiver = await Receiver.start(server.world.CALLBACK_KEY, server.world.CALLBACK_TOKEN);
    try {
      await server.control("POST", "callbacks/addresses", { url: receiver.url });
      await play(server, receiver);
    } finally {
      receiver.close();
      await server.stop();
    }
  };
}

/** Uploads the document and has a person sign first, then the company's seal set automatically. */
async function launch(server, client) {
  const Operator = { UserId: server.world.OPERATOR_USER_ID };
  const file = { FileName: "合同.pdf", FileBody: DOCUMENT.toString("base64") };
  const upload = { BusinessType: "DOCUMENT", FileInfos: [file], Caller: { OperatorId: Operator.UserId } };
  const { FileIds } = await client.UploadFiles(upload);
  const seal = { ComponentType: "SIGN_SEAL", FileIndex: 0, GenerateMode: "FIELD", ComponentName: "甲方签章" };
  const { FlowId } = await client.CreateFlowByFiles({
    Operator,
    FlowName: "采购合同",
    FileIds,
    Approvers: [
      { ApproverType: 1, ...PERSON, SignComponents: [SIGNATURE] },
      { ApproverType: 3, SignComponents: [{ ...seal, ComponentValue: server.world.SEAL_ID }] },
    ],
  });
  return { Operator, FlowId };
}

async function openSignPage(client, { Operator, FlowId }) {
  const wanted = { Operator, FlowId, FlowApproverInfos: [{ ApproverType: 1, ...PERSON }] };
  const { FlowApproverUrlInfos } = await client.CreateFlowSignUrl(wanted);
  const page = await fetch(FlowApproverUrlInfos[0].SignUrl);
  return { url: page.url, html: await page.text() };
}

function press(page, fields) {
  return fetch(page.url, { method: "POST", body: new URLSearchParams(fields) });
}

test(
  "a contract goes from PDF to signed download",
  withServer(async (server, receiver) => {
    const client = server.ess();
    const flow = await launch(server, client);

    const page = await openSignPage(client, flow);
    assert.match(page.html, /采购合同/);
    assert.equal((await press(page, { action: "sign" })).status, 200);
    await server.control("POST", "clock", { advance: "10s" });

    const { FlowBriefs } = await client.DescribeFlowBriefs({ Operator: flow.Operator, FlowIds: [flow.FlowId] });
    assert.equal(FlowBriefs[0].FlowStatus, 4);
    const { FlowDetailInfos } = await client.DescribeFlowInfo({ Operator: flow.Operator, FlowIds: [flow.FlowId] });
    assert.deepEqual(FlowDetailInfos[0].FlowApproverInfos.map((one) => one.ApproveStatus), [3, 3]);
    const wanted = { Operator: flow.Operator, BusinessType: "FLOW", BusinessIds: [flow.FlowId] };
    const { FileUrls } = await client.DescribeFileUrls(wanted);
    const signed = Buffer.from(await (await fetch(FileUrls[0].Url)).arrayBuffer());
    assert.ok(signed.length > DOCUMENT.length && signed.subarray(0, DOCUMENT.length).equals(DOCUMENT));
    await assert.rejects(
      client.CancelFlow({ Operator: flow.Operator, FlowId: flow.FlowId, CancelMessage: "不签了" }),
      (error) => error.code === "OperationDenied.FlowHasTerminated" && Boolean(error.requestId),
    );
    assert.deepEqual(receiver.story, ["BillingUse", "FlowCost", "start", "sign", "sign", "finish"]);
  }),
);

test(
  "a signer rejects with a reason",
  withServer(async (server, receiver) => {
    const client = server.ess();
    const flow = await launch(server, client);

    const page = await openSignPage(client, flow);
    await press(page, { action: "reject", message: "价格不对" });
    await server.control("POST", "clock", { advance: "0s" });

    const { FlowBriefs } = await client.DescribeFlowBriefs({ Operator: flow.Operator, FlowIds: [flow.FlowId] });
    assert.deepEqual([FlowBriefs[0].FlowStatus, FlowBriefs[0].FlowMessage], [3, "价格不对"]);
    assert.ok(receiver.story.includes("reject"));
  }),
);

test(
  "every way the SDK signs is served, and a wrong secret is refused",
  withServer(async (server) => {
    const Operator = { UserId: server.world.OPERATOR_USER_ID };
    for (const reqMethod of ["POST", "GET"]) {
      for (const signMethod of ["TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1"]) {
        const answer = await server.ess({ reqMethod, signMethod }).CreateSchemeUrl({ Operator, Name: "张三 A&B=C+D%" });
        assert.ok(answer.SchemeUrl.startsWith(server.url), `${reqMethod} ${signMethod}`);
        await assert.rejects(
          server.ess({ reqMethod, signMethod, secretKey: "wrong" }).CreateSchemeUrl({ Operator }),
          (error) => error.code === "AuthFailure.SignatureFailure",
        );
      }
    }
  }),
);
