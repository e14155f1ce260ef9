// support/operator.mjs: the way in for an operator, what is asked of each of their pages, and an instance with something on every one.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { axeViolations, openPage, overlappingBoxes, tooSmall } from "./browser.mjs";

export const name = "mara", password = "olive tractor quiet seven";

/** The link that the first start writes, a moment after its first answer. */
export async function setupLink(outcry) {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await pause(50)) {
    const link = outcry.said().match(/http:\/\/\S+\/admin\/link\/[\w-]{43}/)?.[0];
    if (link) return link.replace("localhost", "127.0.0.1");
  }
  throw new Error(`no setup link: ${outcry.said()}`);
}

/** Makes the first admin by the setup link in `page`, which then shows the console. */
export async function becomeAdmin(page, outcry) {
  await page.goto(await setupLink(outcry));
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("New password").fill(password);
  await page.getByLabel("The same once more").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.waitForURL(`${outcry.url}/admin`);
}

export async function signIn(page, outcry) {
  await page.goto(`${outcry.url}/admin/sign-in`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${outcry.url}/admin`);
}

/** No box over another, nothing too small, nothing that axe finds, in both appearances, at each width. axe never ends in a page without scripts. */
export async function looksRight(page, widths = [360, 768, 1280], scripts = true) {
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    assert.deepEqual(await overlappingBoxes(page), [], `${page.url()} ${width}: boxes over each other`);
    assert.deepEqual(await tooSmall(page), [], `${page.url()} ${width}: too small`);
    for (const colorScheme of scripts ? ["light", "dark"] : []) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await axeViolations(page), [], `${page.url()} ${width} ${colorScheme}: axe`);
    }
  }
  await page.setViewportSize(before);
}

/** Asks as the operator of these cookies would, with the session's own CSRF token. */
export async function desk(outcry, cookies) {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const page = await (await fetch(`${outcry.url}/admin/account`, { headers: { cookie } })).text();
  const csrf = page.match(/name="csrf" value="([^"]+)"/)[1];
  const ask = async (method, path, body, more = {}) => {
    const form = body instanceof URLSearchParams;
    const headers = { cookie, "x-csrf-token": csrf, ...(body && !form && { "content-type": "application/json" }), ...more };
    const answer = await fetch(outcry.url + path, { method, headers, redirect: "manual", body: form ? body : body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.status < 400, `${method} ${path}: ${answer.status} ${text.slice(0, 400)}`);
    return answer.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : text;
  };
  return {
    get: path => ask("GET", path),
    send: (path, body = {}) => ask("POST", path, body),
    put: (path, body, more) => ask("PUT", path, body, more),
    fill: (path, fields) => ask("POST", path, new URLSearchParams(fields)),
  };
}

/** Receivers of messages: one that takes them, one that is gone, one that fails. */
export async function startReceiver() {
  const answers = { "/taken": 204, "/gone": 410, "/failing": 500 };
  const server = createServer((request, response) => request.resume().on("end", () => response.writeHead(answers[request.url] ?? 404).end("said the receiver")));
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  return { address: path => `http://127.0.0.1:${server.address().port}${path}`, stop: () => server.close() };
}

/** More reports of a service than one network may give. */
export async function flood(outcry, slug) {
  for (let i = 0; i < 60; i++) {
    const answer = await fetch(`${outcry.url}/api/v1/services/${slug}/reports`, { method: "POST", body: "{}",
      headers: { "content-type": "application/json", "x-forwarded-for": `203.0.113.${i + 1}` } });
    assert.equal(answer.status, 202, await answer.text());
  }
}

export const longName = "Ärztlicher Bereitschaftsdienst Donau­eschingen-Villingen-Schwenningen und 東京都立病院機構 (Terminvergabe)";
const service = "/api/v1/admin/services/";

/**
 * Something on every page: names that are long and not ASCII, targets that fail, lines of every kind, windows, silences, statements, users, a
 * token, labels, versions. Waits until two incidents are open and a message has failed for good.
 * Returns the ids that addresses need: {incident, target, untold, line, delivery}; nothing is sent to `untold`.
 */
export async function furnish(outcry, cookies, receiver) {
  const { get, send, put, fill } = await desk(outcry, cookies);
  await put(`${service}aerztlicher-bereitschaftsdienst`, { slug: "aerztlicher-bereitschaftsdienst", name: longName, group: "Government and health services of the whole region",
    zone: "America/Argentina/ComodRivadavia", aliases: ["116117"], networks: [64496], categories: [{ key: "login", label: "Anmelden und sehr lange warten müssen" }] }, { "if-none-match": "*" });

  const api = "/api/v1/admin/", targets = {};
  for (const [path, kind, called] of [["/taken", "webhook", "Night shift"], ["/gone", "slack", "#störungen-leitstelle-süd (alter Kanal, wird abgeschaltet)"], ["/failing", "webhook", "status.a-very-long-name-of-a-machine.internal.example"]])
    targets[path] = (await send(`${api}targets`, { name: called, kind, address: receiver.address(path) })).id;
  for (const target of Object.values(targets)) {
    await send(`${api}routes`, { target });
    await send(`${api}targets/${target}/test`);
  }
  const line = (await send(`${api}routes`, { target: targets["/taken"], service: "microsoft-365", quiet_from: "22:00", quiet_to: "06:30", quiet_zone: "America/Argentina/ComodRivadavia", remind_minutes: 60, escalate_minutes: 15 })).id;
  const untold = (await send(`${api}targets`, { name: "Nobody yet", kind: "webhook", address: receiver.address("/taken") })).id;

  await fill("/admin/users", { name: "a.very.long.name.of-an-operator+night-shift@example.org", role: "operator" });
  await fill("/admin/users", { name: "jo", role: "viewer" });
  await fill("/admin/tokens", [["name", "grafana-and-everything-else-that-looks-at-it"], ["scope", "read"], ["scope", "detector:preview"], ["scope", "notifications"]]);

  let open = [];
  for (const deadline = Date.now() + 60_000; open.length < 2; await pause(300)) {  // the demo's outage rises some minutes of its clock after the start
    ({ data: open } = await get("/api/v1/incidents?state=open"));
    if (Date.now() > deadline) throw new Error(`only ${open.length} incidents are open`);
  }
  const incident = open[0].id, began = Date.parse(open[0].opened), minutes = n => new Date(began + n * 60_000).toISOString().slice(0, 16) + ":00Z";
  await send(`${api}incidents/${incident}/annotate`, { why: "The provider sees it too: https://status.example.com/2026/01/22/a-very-long-address-of-a-statement-that-does-not-break-anywhere" });
  await send(`${api}maintenances`, { service: "aerztlicher-bereitschaftsdienst", starts: minutes(-30), ends: minutes(40_000), title: "Umzug des Rechenzentrums; währenddessen kann es überall langsamer sein als sonst" });
  await send(`${api}maintenances`, { service: "gmail", starts: minutes(3_000), ends: minutes(3_100), title: "New disks" });
  await send(`${api}silences`, { group: "Government and health services of the whole region", minutes: 500_000, reason: "known, being worked on" });
  await send(`${service}microsoft-365/statements`, { status: "investigating", text: "We’re investigating a potential issue impacting multiple services; more at https://status.example.com/incidents/2026-01-22-a-long-address-without-a-break.", address: "https://status.example.com/" });
  await put(`${service}microsoft-365/statements/source`, { address: receiver.address("/incidents.json").replace("http:", "https:") });
  await put(`${service}gmail/detector`, { params: { false_alarms_per_year: 12, least_reports: 10, hold: 2, clear: 30 }, note: "Wir wollen morgens früher geweckt werden, auch wenn es dann öfter einmal nichts ist" }, { "if-match": "*" });

  for (const deadline = Date.now() + 60_000; ; await pause(300)) {
    const { data } = await get(`${api}deliveries?state=failed`);
    if (data.length > 0) return { incident, target: targets["/gone"], untold, line, delivery: data[0].id };
    if (Date.now() > deadline) throw new Error("no message has failed");
  }
}
