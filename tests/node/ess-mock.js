// A server of its own for each test, a callback receiver, and the official SDK pointed at them.
"use strict";

const { spawn } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { setTimeout: pause } = require("node:timers/promises");
const { ess } = require("tencentcloud-sdk-nodejs/tencentcloud/services/ess");
const { essbasic } = require("tencentcloud-sdk-nodejs/tencentcloud/services/essbasic");

const ROOT = path.join(__dirname, "..", "..");
// Longer than a debug build needs on a busy machine.
const START_LIMIT = 20_000;

class Server {
  static async start(...flags) {
    const binary = process.env.ESS_TESTS_SERVER;
    if (!binary) throw new Error("ESS_TESTS_SERVER must name the ess-mock binary; tests/run builds it");
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ess-mock-"));
    const portFile = path.join(folder, "port");
    const process_ = spawn(binary, ["--listen", "127.0.0.1:0", "--port-file", portFile, ...flags], { stdio: "ignore" });
    const server = new Server();
    server.stop = async () => {
      const ended = new Promise((resolve) => process_.once("exit", resolve));
      process_.kill();
      await ended;
      fs.rmSync(folder, { recursive: true });
    };
    const deadline = Date.now() + START_LIMIT;
    while (!fs.existsSync(portFile)) {
      if (process_.exitCode !== null || Date.now() > deadline) throw new Error("ess-mock did not start");
      await pause(5);
    }
    server.authority = `127.0.0.1:${fs.readFileSync(portFile, "utf8")}`;
    server.url = `http://${server.authority}`;
    server.world = await server.control("GET", "world");
    return server;
  }

  async control(method, route, body) {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${this.url}/_mock/${route}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} /_mock/${route}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  config({ secretKey = this.world.SECRET_KEY, signMethod = "TC3-HMAC-SHA256", reqMethod = "POST" } = {}) {
    return {
      credential: { secretId: this.world.SECRET_ID, secretKey },
      region: "",
      profile: { signMethod, httpProfile: { endpoint: this.authority, protocol: "http://", reqMethod } },
    };
  }

  ess(changes) {
    return new ess.v20201111.Client(this.config(changes));
  }

  essbasic(changes) {
    return new essbasic.v20210526.Client(this.config(changes));
  }
}

/** Verifies and decrypts as the vendor's sample does; answers 403 to what is not signed with the token. */
class Receiver {
  static async start(key, token) {
    const receiver = new Receiver();
    receiver.messages = [];
    const server = http.createServer(async (request, answer) => {
      const body = Buffer.concat(await chunks(request));
      const expected = "sha256=" + crypto.createHmac("sha256", token).update(body).digest("hex");
      if (request.headers["content-signature"] !== expected) {
        answer.writeHead(403).end();
        return;
      }
      const cipher = crypto.createDecipheriv("aes-256-cbc", key, key.slice(0, 16));
      const text = Buffer.from(JSON.parse(body).encrypt, "base64");
      receiver.messages.push(JSON.parse(Buffer.concat([cipher.update(text), cipher.final()])));
      answer.writeHead(200).end();
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    receiver.url = `http://127.0.0.1:${server.address().port}/callback`;
    receiver.close = () => server.close();
    return receiver;
  }

  /** What happened, in the order it was told. */
  get story() {
    return this.messages.map((one) => (one.MsgType === "FlowStatusChange" ? one.MsgData.Operate : one.MsgType));
  }
}

async function chunks(stream) {
  const read = [];
  for await (const piece of stream) read.push(piece);
  return read;
}

module.exports = { Receiver, ROOT, Server };
