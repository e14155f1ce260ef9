// tests/receiver/receiver.mjs: a webhook's receiver, a chat, a pager and a mail server on loopback; each message is a line of the log.
//   node receiver.mjs LOG [--secret whsec_…] [--any-time] [--port N] [--moody SEED]
// Prints {"http":port,"smtp":port} once it listens. --any-time: the clock of the sender is not this machine's.
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import net from "node:net";
import { parseArgs } from "node:util";
import { Webhook } from "standardwebhooks";

const { values: options, positionals: [log] } = parseArgs({
  allowPositionals: true,
  options: {
    secret: { type: "string" }, "any-time": { type: "boolean" }, port: { type: "string", default: "0" },
    moody: { type: "string" },
  },
});
const note = (line) => appendFileSync(log, JSON.stringify(line) + "\n");

function verify(body, headers) {
  const real = Date.now;
  if (options["any-time"]) Date.now = () => Number(headers["webhook-timestamp"]) * 1000;
  try {
    return new Webhook(options.secret).verify(body, headers);
  } finally {
    Date.now = real;
  }
}

// A receiver as they are: now and then it is slow, hangs up, or fails after it has taken the message in.
let state = Number(options.moody ?? 0);
function mood() {
  if (!options.moody) return "well";
  state = (state * 1103515245 + 12345) % 2147483648;
  const chance = state / 2147483648;
  return chance < 0.1 ? "hangs up before" : chance < 0.2 ? "hangs up after" : chance < 0.3 ? "fails after" : "well";
}

function webhook(request, response, body) {
  let message;
  try {
    message = verify(body, request.headers);
  } catch (error) {
    note({ to: "webhook", id: request.headers["webhook-id"], refused: error.message });
    return response.writeHead(401).end("no signature of ours");
  }
  const how = mood();
  if (how === "hangs up before") return request.socket.destroy();
  note({ to: "webhook", id: request.headers["webhook-id"], timestamp: Number(request.headers["webhook-timestamp"]),
         signatures: request.headers["webhook-signature"].split(" ").length, type: message.type, message });
  if (how === "hangs up after") return request.socket.destroy();
  response.writeHead(how === "fails after" ? 500 : 204).end();
}

// https://developer.pagerduty.com/docs/send-alert-event: what it insists on.
function pager(response, body) {
  const event = JSON.parse(body);
  const errors = [];
  if (!/^[A-Za-z0-9]{32}$/.test(event.routing_key ?? "")) errors.push("'routing_key' is invalid");
  if (!["trigger", "acknowledge", "resolve"].includes(event.event_action)) errors.push("'event_action' is invalid");
  if (event.event_action === "trigger") {
    for (const field of ["summary", "source", "severity"]) if (!event.payload?.[field]) errors.push(`'payload.${field}' is missing`);
    if (!["critical", "warning", "error", "info"].includes(event.payload?.severity)) errors.push("'payload.severity' is invalid");
    if ((event.payload?.summary ?? "").length > 1024) errors.push("'payload.summary' is too long");
  } else if (!event.dedup_key) errors.push("'dedup_key' is missing");
  note({ to: "pager", event, errors });
  const answer = errors.length ? { status: "invalid event", message: "Event object is invalid", errors } : { status: "success", dedup_key: event.dedup_key };
  response.writeHead(errors.length ? 400 : 202, { "content-type": "application/json" }).end(JSON.stringify(answer));
}

function chat(response, body) {
  const { text } = JSON.parse(body);
  note({ to: "chat", text });
  response.writeHead(text ? 200 : 400).end(text ? "ok" : "no_text");
}

const http = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString();
    if (request.url === "/hook") return webhook(request, response, body);
    if (request.url === "/v2/enqueue") return pager(response, body);
    if (request.url.startsWith("/services/")) return chat(response, body);
    if (request.url === "/gone") return response.writeHead(410).end("gone for good");
    if (request.url === "/fails") return response.writeHead(503).end("not now");
    if (request.url === "/hangs") return undefined;
    response.writeHead(404).end("no such receiver");
  });
});

// RFC 5321, as much as one mail needs; signing in as ops/secret, refuses recipients called nobody@….
const smtp = net.createServer((socket) => {
  let left = "", mail = null, data = false, password = false;
  const say = (line) => socket.write(line + "\r\n");
  socket.on("error", () => {});
  say("220 receiver.test ESMTP");
  socket.on("data", (chunk) => {
    left += chunk;
    for (let end; (end = left.indexOf("\r\n")) >= 0;) {
      const line = left.slice(0, end);
      left = left.slice(end + 2);
      if (data) {
        if (line !== ".") mail.text.push(line.startsWith(".") ? line.slice(1) : line);
        else {
          data = false;
          note({ to: "mail", ...mail, text: mail.text.join("\n") });
          say("250 taken");
        }
      } else if (password) {
        password = false;
        say(Buffer.from(line, "base64").toString() === "\0ops\0secret" ? "235 welcome" : "535 who are you");
      } else if (/^EHLO/i.test(line)) socket.write("250-receiver.test\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n");
      else if (/^AUTH PLAIN$/i.test(line)) { password = true; say("334 "); }
      else if (/^MAIL FROM:/i.test(line)) { mail = { from: line.slice(10), recipients: [], text: [] }; say("250 ok"); }
      else if (/^RCPT TO:<nobody@/i.test(line)) say("550 no such mailbox");
      else if (/^RCPT TO:/i.test(line)) { mail.recipients.push(line.slice(8)); say("250 ok"); }
      else if (/^DATA/i.test(line)) { data = true; say("354 go on"); }
      else if (/^QUIT/i.test(line)) { say("221 bye"); socket.end(); }
      else say("502 what");
    }
  });
});

http.listen(Number(options.port), "127.0.0.1", () => smtp.listen(0, "127.0.0.1", () =>
  console.log(JSON.stringify({ http: http.address().port, smtp: smtp.address().port }))));
