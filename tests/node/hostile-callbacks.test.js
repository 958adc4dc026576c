// Every hostile body through the real sender, at every receiver of fixtures/receivers: the correct one does what the body states,
// every wrong one fails somewhere, every body is failed by somebody, and the table in the README says by whom.
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { pathToFileURL } = require("node:url");
const { ROOT, Server } = require("./ess-mock");

const FOLDER = path.join(ROOT, "fixtures", "receivers");
const NAMES = fs.readdirSync(path.join(FOLDER, "wrong")).map((file) => path.basename(file, ".mjs")).sort();
// About a contract whose end was told before, all others are about one that is under way.
const ABOUT_THE_ENDED = ["replayed", "stale_status", "ended_twice"];

// The demo world's own key has two halves so alike that a wrong initial vector would hardly show.
const KEY = "h7Tq0ZpL2mXc9VbNs4RdKf6WgYj1EuAo";

let server;
let catalogue;
const receivers = [];
/** The bodies that each receiver fails, by its name. */
const failed = { correct: {} };

before(async () => {
  server = await Server.start("--clock", "frozen", "--callback-timeout", "60s");
  catalogue = await server.control("GET", "callbacks/hostile");
  const secrets = { key: KEY, token: server.world.CALLBACK_TOKEN };
  const { serve } = await import(pathToFileURL(path.join(FOLDER, "frame.mjs")));
  for (const name of ["correct", ...NAMES]) {
    const file = name === "correct" ? "correct.mjs" : `wrong/${name}.mjs`;
    const { default: steps } = await import(pathToFileURL(path.join(FOLDER, file)));
    const receiver = { name, ...(await serve(steps, secrets)) };
    receiver.address = (await server.control("POST", "callbacks/addresses", { url: receiver.url, key: KEY })).id;
    receivers.push(receiver);
    failed[name] = {};
  }
  for (const { name, expected } of catalogue) await play(name, expected.duty);
});

after(async () => {
  for (const receiver of receivers) receiver.close();
  await server.stop();
});

/** A good message, the hostile one, a good one: what was answered and remembered. */
async function play(hostile, duty) {
  for (const { state } of receivers) {
    state.messages = {};
    state.flows = {};
  }
  const ended = ABOUT_THE_ENDED.includes(hostile);
  const flow = contractFor(hostile);
  const other = ended ? flow : `${flow.slice(0, -1)}2`;
  await send(contract(flow, 4, "finish", 100));
  const before = receivers.map(({ state }) => structuredClone(state));

  const told = ended ? contract(flow, 4, "finish", 200) : contract(other, 2, "sign", 200);
  const answers = await send({ ...told, hostile });
  const between = receivers.map(({ state }) => structuredClone(state));

  await send(contract(other, 4, "finish", 300));
  receivers.forEach((receiver, index) => {
    const { status, error } = answers[receiver.address].attempts[0];
    assert.ok(status, `${receiver.name} gave no answer to ${hostile}: ${error}`);
    const id = answers[receiver.address].MsgId;
    const why =
      misbehaved(duty, status, before[index], between[index], { id, flow: other }) ??
      (receiver.state.flows[other]?.status === 4 ? undefined : "later messages are lost");
    if (why) failed[receiver.name][hostile] = why;
  });
}

/** What a receiver did wrong, if it did. */
function misbehaved(duty, status, before, between, { id, flow }) {
  const news = Object.keys(between.messages).filter((one) => !(one in before.messages));
  const once = news.length === 1 && between.messages[news[0]] === 1;
  const sameFlows = JSON.stringify(between.flows) === JSON.stringify(before.flows);
  const nothingNew = sameFlows && JSON.stringify(between.messages) === JSON.stringify(before.messages);
  switch (duty) {
    case "accept":
      if (status !== 200) return `answers ${status}`;
      if (!once || news[0] !== id) return "does not count the message once";
      return same(between.flows[flow], { status: 2, name: NAME }) ? undefined : "makes something else of it";
    case "keep":
      if (status !== 200) return `answers ${status}`;
      if (!once) return "does not count the message once";
      return sameFlows ? undefined : "changes a contract";
    case "ignore":
      if (status !== 200) return `answers ${status}`;
      return nothingNew ? undefined : "remembers something";
    case "refuse":
      if (status === 200) return "answers 200";
      return nothingNew ? undefined : "remembers something";
    default:
      throw new Error(`no such duty: ${duty}`);
  }
}

const NAME = "采购合同<A&B>";

function same(flow, { status, name }) {
  return flow?.status === status && flow?.name === name;
}

/** A contract of its own for each body: receivers start each round with nothing, the sender's log does not. */
function contractFor(hostile) {
  return `yD${hostile.replaceAll("_", "").padEnd(30, "0").slice(0, 29)}1`;
}

function contract(FlowId, FlowCallbackStatus, Operate, seconds) {
  const UpdatedOn = 1_700_000_000 + seconds;
  const data = { FlowId, FlowName: NAME, FlowCallbackStatus, Operate, CreateOn: 1_700_000_000, UpdatedOn, OccurTime: UpdatedOn };
  return { MsgType: "FlowStatusChange", data };
}

/** Sends by hand, lets it arrive, and answers each address's delivery as the log has it. */
async function send(message) {
  const deliveries = await server.control("POST", "callbacks/send", message);
  await server.control("POST", "clock", { advance: "0s" });
  const log = await server.control("GET", `callbacks/deliveries?limit=${deliveries.length}`);
  const ids = new Set(deliveries.map(({ id }) => id));
  return Object.fromEntries(log.filter(({ id }) => ids.has(id)).map((one) => [one.address.id, one]));
}

test("there are at least 25 hostile bodies, each of which says what a good receiver must do", () => {
  assert.ok(catalogue.length >= 25, `${catalogue.length}`);
  for (const { name, what, expected } of catalogue) assert.ok(what && expected.because && expected.source, name);
});

test("the correct receiver does with every hostile body what the body states", () => {
  assert.deepEqual(failed.correct, {});
});

test("every hostile body makes at least one wrong receiver fail", () => {
  const harmless = catalogue.map(({ name }) => name).filter((name) => !NAMES.some((one) => name in failed[one]));
  assert.deepEqual(harmless, []);
});

test("every wrong receiver fails at some hostile body, and does some others right", () => {
  for (const name of NAMES) {
    const count = Object.keys(failed[name]).length;
    assert.ok(count > 0, `${name} fails nowhere`);
    assert.ok(count < catalogue.length, `${name} fails everywhere`);
  }
});

test("the README's table says who fails at what", () => {
  const rows = catalogue.map(({ name, expected }) => {
    const by = NAMES.filter((one) => name in failed[one]).map((one) => `\`${one}\``);
    return `| \`${name}\` | ${expected.duty} | ${by.join(", ")} |`;
  });
  const readme = fs.readFileSync(path.join(FOLDER, "README.md"), "utf8");
  assert.ok(readme.includes(rows.join("\n")), `The table should be:\n${rows.join("\n")}`);
});
