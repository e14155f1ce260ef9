// reference.test.mjs: the reference that people read: every example is run as it stands there, every link leads somewhere.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { startOutcry } from "../browser/support/outcry.mjs";
import { becomeAdmin } from "./support/desk.mjs";

const run = promisify(execFile);
let outcry, receiver, token, description, pages;

before(async () => {
  receiver = createServer((request, response) => request.resume().on("end", () => response.writeHead(204).end()));
  await new Promise(done => receiver.listen(0, "127.0.0.1", done));
  outcry = await startOutcry(["demo", "--speed", "120"]);
  description = await (await fetch(`${outcry.url}/api/openapi.json`)).json();
  token = await (await becomeAdmin(outcry)).token("all", "admin");
  for (const deadline = Date.now() + 90_000; ; await pause(300)) {
    if ((await (await fetch(`${outcry.url}/api/v1/incidents`)).json()).data.length > 0) break;
    assert.ok(Date.now() < deadline, "an incident in time");
  }
  pages = new Map(await Promise.all(["", ...description.tags.map(({ name }) => `/${name}`)].map(async name => {
    const answer = await fetch(`${outcry.url}/api/docs${name}`);
    assert.equal(answer.status, 200);
    return [`/api/docs${name}`, await answer.text()];
  })));
});
after(async () => { receiver?.close(); await outcry?.stop(); });

const plain = html => html.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "'");
const examples = page => [...page.matchAll(/<code class="copy">([^<]*)<\/code>/g)].map(([, code]) => plain(code));

/** What the command answers with; a stream is left after a second. */
async function status(command) {
  const wary = command.replace("https://hooks.example.org", `http://127.0.0.1:${receiver.address().port}`).replace(/^curl /, "curl -s -m 5 -o /dev/null -w '%{http_code}' ").replace("-m 5", command.includes(" -N ") ? "-m 1" : "-m 5");
  const { stdout } = await run("sh", ["-c", wary], { env: { ...process.env, OUTCRY_TOKEN: token } }).catch(error => error);
  return Number(stdout);
}

test("every example works against this site as it stands", async () => {
  const all = [...pages.values()].flatMap(examples), made = all.find(command => command.includes("-X PUT") && command.includes("If-None-Match"));
  assert.equal(all.length, Object.values(description.paths).flatMap(Object.keys).length + 1, "one for each operation, and the description itself");
  assert.equal(await status(made), 201);
  for (const deadline = Date.now() + 30_000; (await fetch(`${outcry.url}/api/v1/services/example-service`)).status !== 200; await pause(100)) assert.ok(Date.now() < deadline, "it is known in time");
  const ends = command => command.includes("-X DELETE");
  for (const command of [...all.filter(each => each !== made && !ends(each)), ...all.filter(ends).reverse()]) {
    if (command.includes("/merge")) continue;  // it names a second incident, which there may not be
    const patience = command.includes("/redeliver") ? 50 : 1;  // not while it is being sent
    let got = await status(command);
    for (let tries = 1; got >= 400 && tries < patience; tries++) {
      await pause(200);
      got = await status(command);
    }
    assert.ok(got >= 200 && got < 300, `${got}: ${command}`);
  }
});

test("every link leads somewhere, every place in a page is there once", async () => {
  for (const [path, page] of pages) {
    const places = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(places).size, places.length, path);
    for (const [, href] of page.split("<main")[1].matchAll(/href="([^"]+)"/g)) {
      const [target, place] = href.split("#");
      if (!target.startsWith(`/api/docs`) && target !== "") continue;
      const there = target === "" ? page : pages.get(target);
      assert.ok(there, `${path}: ${href}`);
      if (place) assert.ok(there.includes(` id="${place}"`), `${path}: ${href}`);
    }
  }
});

test("every operation, parameter and status of the description is on a page", () => {
  for (const [path, item] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const page = pages.get(`/api/docs/${operation.tags[0]}`);
      const section = page.split(`<section id="${operation.operationId}">`)[1]?.split("</section>")[0];
      assert.ok(section?.includes(`${method.toUpperCase()} ${path}`), `${method} ${path}`);
      for (const { $ref, name } of operation.parameters ?? []) {
        const called = name ?? description.components.parameters[$ref.split("/").pop()].name;
        assert.ok(section.includes(`<code>${called}</code>`), `${operation.operationId} ${called}`);
      }
      for (const code of Object.keys(operation.responses)) if (code !== "default") assert.ok(section.includes(`<th scope="row">${code}</th>`), `${operation.operationId} ${code}`);
    }
  }
});

test("below a path of its own the examples and the description name it", async () => {
  const below = await startOutcry(["serve"], { OUTCRY_BASE_PATH: "/status" });
  try {
    assert.deepEqual((await (await fetch(`${below.url}/api/openapi.json`)).json()).servers, [{ url: below.url }]);
    for (const command of examples(await (await fetch(`${below.url}/api/docs/services`)).text())) assert.equal(await status(command), 200, command);
    assert.match(await (await fetch(`${below.url}/developers`)).text(), /href="\/status\/api\/docs"/);
  } finally { await below.stop(); }
});

test("a group that there is not is a page that says so", async () => {
  const answer = await fetch(`${outcry.url}/api/docs/nothing`);
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get("content-type"), /^text\/html/);
});
