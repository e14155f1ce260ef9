// demo.test.mjs: pages while a real outage rises and falls, in the demo: what they say, and the same looks as on a calm day.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { axeViolations, launch, openPage, overlappingBoxes, tooSmall } from "./support/browser.mjs";
import { assertWeight } from "./support/budget.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser;
before(async () => { [outcry, browser] = await Promise.all([startOutcry(["demo", "--speed", "120"]), launch()]); });
after(async () => { await browser?.close(); await outcry?.stop(); });

const service = async slug => (await fetch(`${outcry.url}/api/v1/services/${slug}`)).json();

async function until(slug, wanted, seconds = 300) {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await pause(300)) {
    const now = await service(slug);
    if (wanted(now)) return now;
  }
  assert.fail(`${slug} never came to ${wanted}`);
}

async function looksRight(path) {
  const page = await openPage(browser);
  await page.goto(outcry.url + path);
  for (const width of [360, 390, 768, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    assert.deepEqual(await overlappingBoxes(page), [], `${path} ${width}: boxes over each other`);
    assert.deepEqual(await tooSmall(page), [], `${path} ${width}: too small`);
    for (const colorScheme of width === 360 ? [] : ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await axeViolations(page), [], `${path} ${width} ${colorScheme}: axe`);
    }
  }
  assert.deepEqual(page.trouble, [], path);
  await assertWeight(page, outcry.url + path);
  await page.context().close();
}

test("an open page follows the rise by itself, from calm to a spike", async () => {
  const page = await openPage(browser);
  await page.goto(`${outcry.url}/s/microsoft-365`);
  assert.doesNotMatch(await page.locator(".lead").innerText(), /users report problems/i);
  await page.waitForFunction(() => document.querySelector(".lead").textContent.startsWith("Users report more problems than usual"), undefined, { timeout: 300_000 });
  assert.match(await page.locator(".lead").innerText(), /^Users report more problems than usual: [\d,]+ reports in 15 minutes, [\d,.]+ times the usual \d+, since \d\d:\d\d UTC\. Not confirmed by Microsoft\.$/);
  assert.match(await page.locator("#hero").getAttribute("class"), /is-spike/);
  assert.match(await page.title(), /Users report problems/);
  assert.deepEqual(page.trouble, []);
});

test("the family is one tile, and its parts are in it", async () => {
  await until("outlook", now => now.state === "spike");
  const page = await openPage(browser, { width: 1280 });
  await page.goto(outcry.url);
  const tile = page.locator(".tile", { has: page.getByRole("link", { name: "Microsoft 365", exact: true }) });
  assert.equal(await tile.count(), 1);
  assert.match(await tile.innerText(), /Outlook [\d,]+/);
  assert.equal(await page.locator(".tile h3", { hasText: "Outlook" }).count(), 0);
});

test("at the height of it, home, service and incident look right and weigh what they may", async () => {
  await until("microsoft-365", now => now.state === "spike" && now.reports_15m > 5000);
  await looksRight("/");
  await looksRight("/s/microsoft-365");
  await looksRight("/s/outlook?range=24h");
  const { incident } = await service("microsoft-365");
  await looksRight(`/i/${incident.id}`);
  await looksRight("/incidents");
  await looksRight("/incidents?q=microsoft&state=open");
});

test("what many write and where they are is told, and what one person wrote is not", async () => {
  await fetch(`${outcry.url}/api/v1/services/microsoft-365/reports`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ message: "only I write this" }),
  });
  const page = await openPage(browser, { width: 1280 });
  await page.goto(`${outcry.url}/s/microsoft-365`);
  const says = page.locator(".says");
  assert.match(await says.innerText(), /451 4\.3\.2 temporary server issue/);
  assert.doesNotMatch(await says.innerText(), /only I/);
  assert.equal(await says.locator("a").count(), 0);
  assert.match(await page.locator("#where .bars li").first().innerText(), /^United States/);
  assert.ok(await page.locator("#where .map use").count() > 3);
  const drawn = await page.locator("#where .map").evaluate(map => map.getBBox().width);
  assert.ok(drawn > 500, `the map is ${drawn} wide`);  // the file it refers to was found
  const { data } = await (await fetch(`${outcry.url}/api/v1/services/microsoft-365/breakdown?by=country`)).json();
  assert.equal(data[0].key, "US");
});

test("an incident tells its story, and its citation can be copied", async () => {
  const { incident } = await service("microsoft-365");
  const page = await openPage(browser, { width: 1280 });
  await page.goto(`${outcry.url}/i/${incident.id}`);
  assert.match(await page.locator(".voices").innerText(), /Incident opened[^]*Most reports so far/);
  assert.ok(await page.getByRole("link", { name: /^Outlook/ }).count() > 0, "what else happened at the same time");
  await page.getByRole("button", { name: "Copy the citation" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
});

test("an incident's chart answers pointer and arrow keys, keeps up while it is open, and has its numbers in a table", async () => {
  const { incident } = await service("microsoft-365");
  const page = await openPage(browser, { width: 1280 });
  await page.goto(`${outcry.url}/i/${incident.id}`);
  await page.waitForFunction(() => /live/.test(document.getElementById("live").textContent));
  const total = () => page.locator("#facts dd.n").nth(1).innerText();
  const before = await total();
  await page.waitForFunction(was => document.querySelectorAll("#facts dd.n")[1].textContent !== was, before, { timeout: 60_000 });
  await page.locator("#plot").focus();
  await page.waitForSelector("#plot canvas");
  await page.keyboard.press("Home");
  const readout = page.locator(".readout"), first = await readout.innerText();
  assert.match(first, /^\d\d:\d\d · Reports [\d,]+ · Usual \d+$/);
  await page.keyboard.press("ArrowRight");
  const second = await readout.innerText();
  assert.notEqual(second, first);
  const box = await page.locator("#plot canvas").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForFunction(was => document.querySelector(".readout").textContent !== was, second);
  const { reports } = await (await fetch(`${outcry.url}/api/v1/incidents/${incident.id}/series`)).json();
  await page.getByText("The numbers behind this chart").click();
  const rows = await page.locator("#numbers tbody tr td:nth-child(2)").allInnerTexts();
  assert.ok(rows.length >= 5);
  const told = rows.map(text => Number(text.replaceAll(",", "")));
  assert.deepEqual(told.slice(0, 5), reports.slice(0, 5));
  assert.deepEqual(await overlappingBoxes(page), []);
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(page.trouble, []);
});

test("with a month of data and an outage in it, a page with its chart stays within 14 kB", async () => {
  for (const path of ["/", "/s/microsoft-365", "/s/microsoft-365?range=24h", "/s/microsoft-365?range=7d", "/s/microsoft-365?range=30d"]) {
    const answer = await fetch(outcry.url + path);
    const size = gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 5 }).length;
    console.log(`# ${path}: ${size} bytes gzip`);
    assert.ok(size <= 14_000, `${path}: ${size}`);
  }
});

test("easing off is said, and looks right", async () => {
  await until("microsoft-365", now => now.state === "recovering");
  await looksRight("/s/microsoft-365");
  await looksRight("/");
});
