// `ess-conformance receiver` at every receiver of fixtures/receivers: it finds nothing at the correct one, and something at every wrong one.
"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { test } = require("node:test");
const { pathToFileURL } = require("node:url");
const { ROOT } = require("./ess-mock");

const FOLDER = path.join(ROOT, "fixtures", "receivers");
const WRONG = fs.readdirSync(path.join(FOLDER, "wrong")).map((file) => path.basename(file, ".mjs"));
const SECRETS = { key: "h7Tq0ZpL2mXc9VbNs4RdKf6WgYj1EuAo", token: "mock-callback-token" };

test("the correct receiver keeps every rule, in every order", async () => {
  const { code, verdict } = await judged("correct.mjs", "--once");

  assert.deepEqual(broken(verdict), []);
  assert.equal(code, 0);
  assert.equal(verdict.orders.played, 720);
});

test("every wrong receiver breaks a rule", async () => {
  assert.ok(WRONG.length >= 36);
  const judge = async (names) => {
    for (const name of names) {
      const { code, verdict } = await judged(`wrong/${name}.mjs`, "--only", "bodies");

      assert.equal(code, 1, name);
      assert.ok(broken(verdict).length > 0, name);
    }
  };
  // Two at a time.
  const half = WRONG.length / 2;
  await Promise.all([judge(WRONG.slice(0, half)), judge(WRONG.slice(half))]);
});

test("the naive one fails in an order of two messages, which is saved", async () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "ess-judge-")), "order.yaml");

  const { code, verdict } = await judged("wrong/last_message_wins.mjs", "--only", "orders", "--save", file);

  assert.equal(code, 1);
  assert.equal(verdict.orders.failing.breach.rule, "never_backwards");
  assert.equal(verdict.orders.failing.deliveries.length, 2);
  assert.match(fs.readFileSync(file, "utf8"), /^steps:\n( {2}- \w+\n){2}$/m);
  fs.rmSync(path.dirname(file), { recursive: true });
});

function broken(verdict) {
  const order = verdict.orders?.failing ? ["orders"] : [];
  return order.concat(verdict.played.filter((one) => one.ended === "broken").map((one) => one.name));
}

/** Serves a receiver and a probe beside it, and lets the command judge. */
async function judged(file, ...flags) {
  const { serve } = await import(pathToFileURL(path.join(FOLDER, "frame.mjs")));
  const { default: steps } = await import(pathToFileURL(path.join(FOLDER, file)));
  const receiver = await serve(steps, SECRETS);
  const probe = http.createServer((request, response) => {
    const flow = receiver.state.flows[request.url.slice(1)];
    const counted = Object.values(receiver.state.messages).reduce((sum, count) => sum + count, 0);
    response.end(JSON.stringify({ status: flow?.status ?? null, counted }));
  });
  await new Promise((listening) => probe.listen(0, "127.0.0.1", listening));
  const secrets = ["--key", SECRETS.key, "--token", SECRETS.token];
  const asked = ["--url", receiver.url, "--probe", `http://127.0.0.1:${probe.address().port}/{flow}`];
  try {
    return await run("receiver", ...asked, ...secrets, "--settle", "0s", "--format", "json", ...flags);
  } finally {
    receiver.close();
    probe.close();
    probe.closeAllConnections();
  }
}

async function run(...args) {
  const binary = process.env.ESS_TESTS_SERVER;
  if (!binary) throw new Error("ESS_TESTS_SERVER must name the ess-mock binary, with ess-conformance beside it; tests/run builds both");
  const command = spawn(path.join(path.dirname(binary), "ess-conformance"), args, { stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  command.stdout.on("data", (part) => (out += part));
  command.stderr.on("data", (part) => (err += part));
  const code = await new Promise((resolve, reject) => command.on("error", reject).on("close", resolve));
  assert.ok(out, `nothing was said, and then: ${err}`);
  return { code, verdict: JSON.parse(out) };
}
