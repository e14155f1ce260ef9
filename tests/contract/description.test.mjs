// description.test.mjs: what /api/openapi.json says, held against what a running instance answers: every operation, every status that can be
// brought about from outside, every field. An answer that is not described fails, and so does one that is described and never comes.
import { Validator } from "@seriousme/openapi-schema-validator";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startOutcry } from "../browser/support/outcry.mjs";
import { Contract } from "./support/contract.mjs";
import { becomeAdmin } from "./support/desk.mjs";

let outcry, contract, desk, receiver, admin, lowly, incidents;
const api = "/api/v1/", made = {};

before(async () => {
  const hooks = createServer((request, response) => request.resume().on("end", () => response.writeHead({ "/gone": 410, "/busy": 503 }[request.url] ?? 204, request.url === "/busy" ? { "retry-after": "86400" } : {}).end()));
  await new Promise(done => hooks.listen(0, "127.0.0.1", done));
  receiver = { stop: () => hooks.close(), address: path => `http://127.0.0.1:${hooks.address().port}${path}` };
  outcry = await startOutcry(["demo", "--speed", "120"]);
  contract = new Contract(await (await fetch(`${outcry.url}/api/openapi.json`)).json());
  desk = await becomeAdmin(outcry);
  [admin, lowly] = [await desk.token("all", "admin"), await desk.token("few", "detector:preview")];
  for (const deadline = Date.now() + 90_000; ; await pause(300)) {
    incidents = (await (await fetch(`${outcry.url}${api}incidents`)).json()).data;
    if (incidents.length > 1) break;
    assert.ok(Date.now() < deadline, "two incidents in time");
  }
});
after(async () => { receiver?.stop(); await outcry?.stop(); });

/** Asks as an operator, holds the answer against the description, and returns it read. `who` null: nobody. */
async function ask(method, target, { body, headers = {}, who = admin, raw } = {}) {
  const [path, query = ""] = target.split("?");
  const sent = { ...(who && path.startsWith(`${api}admin`) && { authorization: `Bearer ${who}` }), ...((body !== undefined || raw !== undefined) && { "content-type": "application/json" }), ...headers };
  const answer = await fetch(outcry.url + target, { method, headers: sent, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)), redirect: "manual" });
  const text = await answer.text(), what = `${method} ${target} ${answer.status}`;
  assert.deepEqual(contract.differences(method, path, answer, text), [], `${what}: ${text.slice(0, 2000)}`);
  if (answer.status < 300) assert.deepEqual(contract.requestFlaws(method, path, query, headers, raw === undefined ? body : undefined), [], what);
  const json = answer.headers.get("content-type")?.includes("json");
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
}
async function expect(status, method, target, options) {
  const answer = await ask(method, target, options);
  assert.equal(answer.status, status, `${method} ${target}: ${JSON.stringify(answer.body).slice(0, 400)}`);
  return answer.body;
}

test("the description is what OpenAPI 3.1 asks for, by somebody else's reading", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(await (await fetch(`${outcry.url}/api/openapi.json`)).json());
  assert.ok(valid, JSON.stringify(errors, null, 1)?.slice(0, 2000));
  const { valid: broken } = await validator.validate({ openapi: "3.1.0", info: { title: "x" }, paths: { "/a": { get: { responses: { 200: {} } } } } });
  assert.ok(!broken, "a broken one is seen");
});

test("it is cached, compressed, open to every origin, and names the site that serves it", async () => {
  const answer = await fetch(`${outcry.url}/api/openapi.json`, { headers: { "accept-encoding": "gzip" } });
  assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  assert.equal(answer.headers.get("content-encoding"), "gzip");
  assert.match(answer.headers.get("cache-control"), /^public, max-age=\d+/);
  assert.deepEqual((await answer.json()).servers, [{ url: outcry.url }]);
  const again = await fetch(`${outcry.url}/api/openapi.json`, { headers: { "accept-encoding": "gzip", "if-none-match": answer.headers.get("etag") } });
  assert.equal(again.status, 304);
});

test("every example in the description fits its schema", () => {
  for (const { method, path, operation } of contract.operations()) {
    const example = operation.requestBody?.content["application/json"].example;
    if (example !== undefined) assert.deepEqual(contract.requestFlaws(method, path.replace(/\{\w+\}/g, "x"), "", {}, example), [], `${method} ${path}`);
  }
});

test("what is public answers as described", async () => {
  for (const query of ["", "?limit=3", "?state=spike", "?q=mail&category=Email", "?limit=1&cursor=gmail"]) await expect(200, "GET", `${api}services${query}`);
  assert.match((await ask("GET", `${api}services?limit=2`)).headers.get("link"), /rel="next"/);
  for (const slug of ["microsoft-365", "outlook", "gmail"]) await expect(200, "GET", `${api}services/${slug}`);
  for (const query of ["", "?step=1m&from=2020-01-01T00:00:00Z&to=2020-01-01T01:00:00Z", "?format=rows&step=1h", "?format=csv", "?category=login", "?region=DE&format=rows", "?step=1d"])
    await ask("GET", `${api}services/microsoft-365/series${query}`);
  for (const by of ["category", "region", "country"]) await expect(200, "GET", `${api}services/microsoft-365/breakdown?by=${by}`);
  await expect(200, "GET", `${api}services/microsoft-365/messages`);
  await expect(200, "GET", `${api}incidents?state=open&service=${incidents[0].service.slug}&since=2020-01-01T00:00:00Z`);
  await expect(200, "GET", `${api}incidents?limit=1`);
  for (const { id } of incidents) {
    await expect(200, "GET", `${api}incidents/${id}`);
    await expect(200, "GET", `${api}incidents/${id}/series`);
  }
  for (const path of ["/healthz", "/readyz", "/api/openapi.json", "/api/docs", "/api/docs/services", "/api/problems/validation"]) await expect(200, "GET", path);
  await expect(404, "GET", "/api/problems/none");
  await expect(404, "GET", "/api/docs/none");
});

test("a report, and whatever can be wrong with one", async () => {
  const address = `${api}services/gmail/reports`, from = { "x-forwarded-for": "203.0.113.9" };
  await expect(202, "POST", address, { body: {}, headers: { ...from, "idempotency-key": "a" } });
  await expect(202, "POST", address, { body: { category: "login", message: "451 4.3.2", region: "us-ca", works: false }, headers: from });
  await expect(204, "OPTIONS", address);
  await expect(404, "POST", `${api}services/none/reports`, { body: {} });
  await expect(400, "POST", address, { raw: "{" });
  await expect(400, "POST", `${address}?a=1`, { body: {} });
  await expect(400, "POST", address, { body: {}, headers: { "idempotency-key": "a b" } });
  await expect(406, "POST", address, { body: {}, headers: { accept: "text/html" } });
  await expect(415, "POST", address, { raw: "a=b", headers: { "content-type": "text/plain" } });
  await expect(422, "POST", address, { body: { nonsense: 1, region: "XX" } });
});

test("more reports than one network may send", async () => {
  const strict = await startOutcry(["serve"], { OUTCRY_ADMISSION_PER_ADDRESS_BURST: "1" });
  const { url } = outcry;
  try {
    outcry.url = strict.url;
    await expect(202, "POST", `${api}services/gmail/reports`, { body: {} });
    await expect(429, "POST", `${api}services/gmail/reports`, { body: {} });
  } finally {
    outcry.url = url;
    await strict.stop();
  }
});

/** The data of one frame of each kind that came within the time. */
async function frames(address, kinds, patience) {
  const stop = new AbortController(), found = {}, timer = setTimeout(() => stop.abort(), patience);
  const answer = await fetch(address, { signal: stop.signal, headers: { accept: "text/event-stream" } });
  assert.equal(answer.headers.get("content-type").split(";")[0], "text/event-stream");
  let text = "";
  try {
    for await (const piece of answer.body) {
      text += Buffer.from(piece).toString();
      for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
        const [, kind, data] = text.slice(0, end).match(/event: (\S+)\ndata: (.*)/) ?? [];
        if (kind) (found[kind] ??= []).push(JSON.parse(data));
      }
      if (kinds.every(kind => found[kind])) break;
    }
  } catch (error) { if (!stop.signal.aborted) throw error; }
  clearTimeout(timer);
  stop.abort();
  contract.seen.add("GET /api/v1/events 200");
  return found;
}

test("every event that comes has its described shape", async () => {
  const found = await frames(`${outcry.url}${api}events`, ["counts", "incident.updated"], 30_000);
  assert.ok(found.counts, "counts came");
  const events = contract.find("GET", `${api}events`).operation.responses["200"].content["text/event-stream"]["x-events"];
  for (const [kind, all] of Object.entries(found)) {
    assert.ok(events[kind], `${kind} is described`);
    for (const data of all) assert.deepEqual(contract.flaws(data, events[kind].$ref.slice(2)), [], `${kind} ${JSON.stringify(data)}`);
  }
  await expect(400, "GET", `${api}events?services=none`);
  await expect(406, "GET", `${api}events`, { headers: { accept: "text/html" } });
});

test("operators: the catalogue, as a file and one by one", async () => {
  const entry = { slug: "example-service", name: "Example service", group: "Examples", categories: [{ key: "login", label: "Signing in" }] }, address = `${api}admin/services/example-service`;
  await expect(428, "PUT", address, { body: entry });
  await expect(404, "PUT", address, { body: entry, headers: { "if-match": "*" } });
  await expect(201, "PUT", address, { body: entry, headers: { "if-none-match": "*" } });
  await expect(412, "PUT", address, { body: entry, headers: { "if-none-match": "*" } });
  await expect(200, "PUT", address, { body: { ...entry, parent: "gmail", zone: "Europe/Berlin", aliases: ["ex"], networks: [64496], provider: "Ex", homepage: "https://example.org/", status_page: "https://example.org/", detector: { false_alarms_per_year: 2, least_reports: 5, hold_minutes: 1, clear_minutes: 20 } }, headers: { "if-match": "*" } });
  await expect(422, "PUT", address, { body: { ...entry, colour: "red" }, headers: { "if-match": "*" } });
  await expect(200, "GET", address);
  const whole = await ask("GET", `${api}admin/catalogue`), etag = whole.headers.get("etag"), few = { services: whole.body.services.filter(each => !each.parent).slice(0, 5) };
  await expect(200, "PUT", `${api}admin/catalogue?dry_run=true&prune=true`, { body: { services: [entry], category_sets: { usual: entry.categories } }, headers: { "if-match": etag } });
  assert.deepEqual((await expect(200, "PUT", `${api}admin/catalogue`, { body: whole.body, headers: { "if-match": etag } })).changes, []);
  await expect(413, "PUT", `${api}admin/catalogue`, { raw: " ".repeat(9 * 1024 * 1024), headers: { "if-match": "*" } });
  await expect(200, "PUT", `${api}admin/catalogue`, { body: few, headers: { "if-match": "*" } });
  await expect(400, "PUT", `${api}admin/catalogue?prune=perhaps`, { body: few, headers: { "if-match": "*" } });
  await expect(412, "PUT", `${api}admin/catalogue`, { body: few, headers: { "if-match": '"old"' } });
  await expect(428, "PUT", `${api}admin/catalogue`, { body: few });
  await expect(422, "PUT", `${api}admin/catalogue`, { body: { services: [{}] }, headers: { "if-match": "*" } });
  for (const path of [address, `${api}admin/catalogue`]) await expect(400, "PUT", path, { raw: "{", headers: { "if-match": "*" } });
  for (const deadline = Date.now() + 30_000; (await ask("GET", `${api}services/example-service`)).status !== 200; await pause(100))
    assert.ok(Date.now() < deadline, "every part knows the new service in time");
});

test("operators: the detector, its history, labels and preview", async () => {
  const address = `${api}admin/services/example-service/detector`, params = { false_alarms_per_year: 12, least_reports: 10, hold: 2, clear: 30 };
  const { headers } = await ask("GET", address), etag = headers.get("etag");
  await expect(200, "PUT", address, { body: { params, note: "x" }, headers: { "if-match": etag } });
  await expect(412, "PUT", address, { body: { params, note: "x" }, headers: { "if-match": etag } });
  await expect(428, "PUT", address, { body: { params, note: "x" } });
  await expect(422, "PUT", address, { body: { params: { hold: 99 } }, headers: { "if-match": "*" } });
  await expect(200, "GET", `${address}/history`);
  await expect(200, "POST", `${address}/rollback`, { body: { version: 1, note: "back" }, headers: { "if-match": "*" } });
  await expect(412, "POST", `${address}/rollback`, { body: { version: 1, note: "back" }, headers: { "if-match": etag } });
  await expect(428, "POST", `${address}/rollback`, { body: { version: 1, note: "back" } });
  await expect(422, "POST", `${address}/rollback`, { body: { version: 99, note: "back" }, headers: { "if-match": "*" } });
  const began = new Date(Date.parse(incidents[0].opened) - 600_000).toISOString().slice(0, 16) + ":00Z";
  await expect(200, "POST", `${address}/labels`, { body: { began, ended: incidents[0].opened, label: "real" } });
  await expect(422, "POST", `${address}/labels`, { body: { began } });
  assert.equal((await expect(200, "GET", `${address}/labels`)).data.length, 1);
  const busy = `${api}admin/services/${incidents[0].service.slug}/detector/preview`;
  await expect(200, "POST", busy, { body: {}, who: lowly });
  await expect(200, "POST", busy, { body: { params: { ...params, false_alarms_per_year: 300, least_reports: 1 }, window: "7d", against: "saved" } });
  await expect(422, "POST", busy, { body: { window: "1y" } });
  for (const [method, path] of [["PUT", ""], ["POST", "/rollback"], ["POST", "/labels"], ["POST", "/preview"]]) {
    await expect(400, method, address + path, { raw: "{", headers: path.length < 2 || path === "/rollback" ? { "if-match": "*" } : {} });
    await expect(415, method, address + path, { raw: "a", headers: { "content-type": "text/plain", ...(path.length < 2 || path === "/rollback" ? { "if-match": "*" } : {}) } });
  }
});

test("operators: acts on an incident, and what providers said", async () => {
  const act = (id, name) => `${api}admin/incidents/${id}/${name}`, [first, second] = incidents;
  await expect(200, "POST", act(first.id, "acknowledge"));
  await expect(409, "POST", act(first.id, "acknowledge"), { body: { why: "me too" } });
  await expect(422, "POST", act(first.id, "acknowledge"), { body: { when: "now" } });
  await expect(200, "POST", act(first.id, "annotate"), { body: { why: "seen" } });
  await expect(200, "POST", act(first.id, "false"), { body: { why: "a launch" } });
  await expect(422, "POST", act(first.id, "merge"), { body: { why: "the same", into: first.id } });
  await expect(200, "POST", act(second.id, "merge"), { body: { why: "the same", into: first.id } });
  await expect(200, "POST", act(first.id, "close"), { body: { why: "over" } });
  await expect(409, "POST", act(first.id, "close"), { body: { why: "over" } });
  for (const name of ["acknowledge", "annotate", "close", "merge", "false"]) {
    await expect(400, "POST", act(first.id, name), { raw: "{" });
    await expect(422, "POST", act(first.id, name), { body: { nonsense: 1 } });
    await expect(404, "POST", act("019be5b4-9580-7cc1-a1a5-0d2f7c1e9b3b", name), { body: { why: "x" } });
  }
  for (const { id } of incidents) await expect(200, "GET", `${api}incidents/${id}`);
  await expect(200, "GET", `${api}incidents`);

  const said = `${api}admin/services/example-service/statements`;
  await expect(201, "POST", said, { body: { status: "investigating", text: "Looking into it.", address: "https://status.example.org/" } });
  await expect(422, "POST", said, { body: { status: "fine" } });
  await expect(400, "POST", said, { raw: "[" });
  await expect(200, "PUT", `${said}/source`, { body: { address: "https://status.example.org/history.atom" } });
  await expect(422, "PUT", `${said}/source`, { body: { address: "gopher:" } });
  await expect(400, "PUT", `${said}/source`, { raw: "[" });
  await expect(200, "GET", said);
  for (const deadline = Date.now() + 10_000; (await expect(200, "GET", `${api}services/example-service`)).official.length !== 1; await pause(100))
    assert.ok(Date.now() < deadline, "a shared answer is made anew in time");
  await expect(200, "PUT", `${said}/source`, { body: { address: "" } });
});

test("operators: targets, routes and deliveries", async () => {
  const list = `${api}admin/targets`;
  made.target = await expect(201, "POST", list, { body: { name: "Night shift", kind: "webhook", address: receiver.address("/taken") } });
  assert.match(made.target.secret, /^whsec_/);
  const gone = await expect(201, "POST", list, { body: { name: "Old channel", kind: "slack", address: receiver.address("/gone") } });
  await expect(201, "POST", list, { body: { name: "Pager", kind: "mail", address: "night@example.org" } });
  await expect(422, "POST", list, { body: { name: "", kind: "pigeon", colour: "red" } });
  await expect(400, "POST", list, { raw: "[" });
  const one = `${list}/${made.target.id}`;
  await expect(200, "PUT", one, { body: { name: "Night shift and weekend" } });
  await expect(422, "PUT", one, { body: { kind: "slack" } });
  await expect(400, "PUT", one, { raw: "[" });
  await expect(404, "PUT", `${list}/99`, { body: {} });
  await expect(200, "POST", `${one}/secret`);
  await expect(204, "POST", `${one}/off`);
  assert.match((await expect(409, "POST", `${one}/test`)).detail, /\/on/);
  await expect(204, "POST", `${one}/on`);
  const busy = await expect(201, "POST", list, { body: { name: "Overloaded", kind: "webhook", address: receiver.address("/busy") } });
  for (const { id } of [made.target, gone, busy]) await expect(204, "POST", `${list}/${id}/test`);
  const routes = `${api}admin/routes`;
  made.route = await expect(201, "POST", routes, { body: { target: made.target.id, service: "gmail", quiet_from: "22:00", quiet_to: "06:30", quiet_zone: "Europe/Berlin", remind_minutes: 60, escalate_minutes: 15, severity: 3, region: "DE" } });
  await expect(200, "PUT", `${routes}/${made.route.id}`, { body: { target: made.target.id } });
  await expect(422, "PUT", `${routes}/${made.route.id}`, { body: { target: 99 } });
  const moved = await expect(422, "PUT", `${routes}/${made.route.id}`, { body: { target: busy.id } });
  assert.equal(moved.errors[0].pointer, "/target");
  await expect(422, "POST", routes, { body: { target: "none", severity: 1 } });
  for (const [method, path] of [["POST", routes], ["PUT", `${routes}/${made.route.id}`]]) await expect(400, method, path, { raw: "[" });
  await expect(404, "PUT", `${routes}/99`, { body: { target: made.target.id } });
  await expect(200, "GET", routes);
  await expect(200, "GET", list);
  const sent = `${api}admin/deliveries`;
  for (const deadline = Date.now() + 30_000; ; await pause(200)) {
    const { data } = await expect(200, "GET", sent);
    const known = state => data.find(each => state(each));
    made.delivery = known(each => each.state === "failed");
    if (made.delivery && known(each => each.state === "delivered") && known(each => each.asked_until)) break;
    assert.ok(Date.now() < deadline, "deliveries settle in time");
  }
  const { data } = await expect(200, "GET", `${sent}?target=${made.target.id}&state=delivered&before=1000`);
  for (const { id } of [...data, made.delivery]) await expect(200, "GET", `${sent}/${id}`);
  await expect(204, "POST", `${one}/off`);
  await expect(409, "POST", `${sent}/${data[0].id}/redeliver`);
  await expect(204, "POST", `${one}/on`);
  await expect(204, "POST", `${sent}/${data[0].id}/redeliver`);
  await expect(200, "GET", `${sent}/${data[0].id}`);
  await expect(400, "GET", `${sent}?state=lost`);
});

test("operators: quiet times and numbers", async () => {
  const windows = `${api}admin/maintenances`, silences = `${api}admin/silences`, [, now] = (await expect(200, "GET", `${api}admin/metrics`)).match(/^outcry_time_seconds (\S+)$/m);
  const minutes = n => new Date(Number(now) * 1000 + n * 60_000).toISOString().slice(0, 16) + ":00Z";
  const window = await expect(201, "POST", windows, { body: { service: "example-service", starts: minutes(-60), ends: minutes(60_000), title: "New disks" } });
  await expect(201, "POST", windows, { body: { service: "gmail", starts: minutes(1_000), ends: minutes(1_100), title: "Newer disks" } });
  await expect(422, "POST", windows, { body: { service: "none" } });
  await expect(200, "GET", windows);
  const silence = await expect(201, "POST", silences, { body: { service: "example-service", minutes: 100_000, reason: "known" } });
  await expect(201, "POST", silences, { body: { group: "Examples", ends: minutes(100_000), reason: "known" } });
  await expect(422, "POST", silences, { body: { minutes: 0 } });
  await expect(200, "GET", silences);
  for (const path of [windows, silences]) await expect(400, "POST", path, { raw: "[" });
  await pause(300);
  for (const path of ["services/example-service", "services/gmail", "services?state=maintenance"]) await expect(200, "GET", api + path);
  await expect(204, "DELETE", `${windows}/${window.id}`);
  await expect(204, "DELETE", `${silences}/${silence.id}`);
  await expect(204, "DELETE", `${api}admin/routes/${made.route.id}`);
  await expect(204, "DELETE", `${api}admin/targets/${made.target.id}`);
});

/** An address of the operation: with what there is, or with what there is not. */
function address({ path, operation }, real) {
  const values = { slug: real ? "gmail" : "none", type: real ? "validation" : "none", group: real ? "services" : "none" };
  const id = path.includes("incidents") ? (real ? incidents[0].id : "019be5b4-9580-7cc1-a1a5-0d2f7c1e9b3b") : path.includes("deliveries") && real ? made.delivery.id : "999999";
  return path.replace(/\{(\w+)\}/g, (_, name) => name === "id" ? id : values[name]);
}
const described = (status, more = () => true) => contract.operations().filter(each => each.operation.responses[status] && more(each));
const usual = { "if-match": "*" };

test("what all addresses have in common: nobody, somebody who may not, nothing there, nothing new, nothing that fits", async () => {
  for (const each of described("401")) await expect(401, each.method, address(each, true), { who: null });
  for (const each of described("403")) {
    const who = each.operation["x-scope"] === "detector:preview" ? await desk.token(`t${each.operation.operationId}`, "catalogue") : lowly;
    await expect(403, each.method, address(each, true), { who });
  }
  for (const each of described("404", ({ path }) => path.includes("{"))) {
    const body = each.operation.requestBody?.content["application/json"].example;
    const headers = each.operation.responses["428"] ? usual : {};
    if (body?.target) body.target = (await expect(200, "GET", `${api}admin/targets`)).data[0].id;
    await expect(404, each.method, address(each, false), { body, headers });
  }
  for (const each of described("304")) {
    const { status, headers } = await ask("GET", address(each, true));
    assert.equal(status, 200);
    const again = await ask("GET", address(each, true), { headers: { "if-none-match": headers.get("etag") } });
    if (again.status === 200) await expect(304, "GET", address(each, true), { headers: { "if-none-match": "*" } });  // it has changed meanwhile
  }
  for (const each of described("406", ({ method }) => method === "GET")) await expect(406, "GET", address(each, true), { headers: { accept: "image/png" } });
  for (const each of described("400")) await expect(400, each.method, `${address(each, true)}?nonsense=1`, { body: each.method === "GET" ? undefined : {} });
  for (const each of described("415")) await expect(415, each.method, address(each, true), { raw: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } });
  const { operation: change } = contract.find("DELETE", `${api}admin/services/example-service`);
  assert.ok(change.responses["412"]);
  await expect(412, "DELETE", `${api}admin/services/example-service`, { headers: { "if-match": '"old"' } });
  await expect(428, "DELETE", `${api}admin/services/example-service`);
  await expect(204, "DELETE", `${api}admin/services/example-service`, { headers: usual });
});

test("a session needs its token for a change, and a problem's type resolves", async () => {
  const target = `${api}admin/services/gmail/detector/preview`, { cookie, csrf } = desk;
  const refused = await expect(403, "POST", target, { body: {}, who: null, headers: { cookie } });
  assert.equal((await fetch(outcry.url + refused.type)).status, 200);
  const answer = await fetch(outcry.url + target, { method: "POST", headers: { cookie, "x-csrf-token": csrf, "content-type": "application/json" }, body: "{}" });
  assert.equal(answer.status, 200);
});

test("what HTTP forbids is a problem, as every operation's default says", async () => {
  const type = "application/problem+json", other = `components/responses/Other/content/${encodeURIComponent(type.replace("/", "~1"))}/schema`;
  for (const [status, path, init] of [[405, `${api}services`, { method: "PUT" }], [413, `${api}services/gmail/reports`, { method: "POST", body: "x".repeat(70_000) }], [404, "/api/nothing", {}]]) {
    const answer = await fetch(outcry.url + path, init);
    assert.equal(answer.status, status);
    assert.equal(answer.headers.get("content-type"), type);
    assert.deepEqual(contract.flaws(await answer.json(), other), [], `${status}`);
  }
  for (const { operation } of contract.operations()) assert.equal(operation.responses.default.$ref, "#/components/responses/Other");
});

test("nothing is described that never comes", () => {
  const never = new Set(["500", "503", "default"]);  // what goes wrong on our side is not brought about here
  const unseen = contract.operations().flatMap(({ method, path, operation }) => Object.keys(operation.responses).filter(status => !never.has(status)).map(status => `${method} ${path} ${status}`)).filter(line => !contract.seen.has(line));
  assert.deepEqual(unseen, []);
});

test("these checks see what is wrong: a field more, a field less, a status, a header", async () => {
  const answer = await fetch(`${outcry.url}${api}incidents?limit=1`), body = await answer.json();
  const wrong = (change, status = 200, headers = answer.headers) => {
    const other = structuredClone(body);
    change(other);
    return contract.differences("GET", `${api}incidents`, { status, headers }, JSON.stringify(other));
  };
  assert.deepEqual(wrong(() => {}), []);
  assert.match(wrong(other => { other.data[0].colour = "red"; })[0], /unevaluated/);
  assert.match(wrong(other => { delete other.data[0].peak.at; })[0], /required/);
  assert.match(wrong(other => { other.data[0].total = "many"; })[0], /integer/);
  assert.match(wrong(() => {}, 418)[0], /not described/);
  assert.match(wrong(() => {}, 200, new Headers({ ...Object.fromEntries(answer.headers), "retry-after": "1" }))[0], /retry-after/);
});
