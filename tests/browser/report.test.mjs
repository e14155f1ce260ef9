// report.test.mjs: a report by each way, counted and seen in the chart within three seconds; and what happens to a wrong one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, launch, openPage, overlappingBoxes } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser, visitors = 10;
before(async () => { [outcry, browser] = await Promise.all([startOutcry(), launch()]); });
after(async () => { await browser?.close(); await outcry?.stop(); });

/** Somebody else each time, as the proxy in front would say. */
const someone = () => ({ "x-forwarded-for": `198.51.100.${visitors++}` });
const soon = 3000;

/** Reports and "works for me" in the chart's table, and the count of its hatched column. */
const shown = page => page.evaluate(() => {
  const column = n => [...document.querySelectorAll(`#numbers tbody td:nth-child(${n})`)].map(cell => Number(cell.textContent.replace(/\D/g, "")));
  return {
    reports: column(2).reduce((a, b) => a + b, 0), works: column(4).reduce((a, b) => a + b, 0),
    newest: column(2)[0], hatched: Number(document.querySelector(".part")?.dataset.count),
  };
});

/** Asks again until `wanted` holds, for three seconds; reloads in between when the page cannot keep up by itself. */
async function eventually(page, wanted, { reload = false } = {}) {
  const deadline = Date.now() + soon;
  let last;
  for (;;) {
    if (reload) await page.reload();
    last = await shown(page);
    if (wanted(last)) return last;
    if (Date.now() > deadline) assert.fail(`not in the chart after ${soon} ms: ${JSON.stringify(last)}`);
    await page.waitForTimeout(100);
  }
}

test("without JavaScript: two page loads, then details, all of it plain forms", async () => {
  const page = await openPage(browser, { javaScript: false, extraHTTPHeaders: someone() });
  const service = `${outcry.url}/s/github`;
  await page.goto(service);
  await page.getByRole("button", { name: "I have a problem" }).click();
  assert.equal(new URL(page.url()).pathname, "/s/github/thanks");
  assert.match(await page.locator("#answer").innerText(), /Counted/);
  await page.locator(".chips label").first().click();
  await page.getByLabel("What do you see?").fill("fatal: the remote end hung up unexpectedly");
  await page.getByRole("button", { name: "Add this" }).click();
  assert.match(page.url(), /step=added/);
  await page.goto(service);
  const seen = await eventually(page, now => now.reports === 1, { reload: true });
  assert.equal(seen.hatched, seen.newest);
});

test("with JavaScript: the tap counts in place, the open chart follows by itself, details go in place too", async () => {
  const page = await openPage(browser, { extraHTTPHeaders: someone() });
  await page.goto(`${outcry.url}/s/gmail`);
  const button = page.getByRole("button", { name: "I have a problem" });
  await button.click();
  await page.waitForSelector("#answer");
  assert.equal(new URL(page.url()).pathname, "/s/gmail");
  assert.equal(await page.evaluate(() => document.activeElement.id), "answer");
  await eventually(page, now => now.reports === 1);
  assert.deepEqual(await overlappingBoxes(page), []);
  assert.deepEqual(await axeViolations(page), []);

  await page.locator(".chips label").first().click();
  await page.getByRole("button", { name: "Add this" }).click();
  await page.waitForSelector("#answer .list");
  await page.waitForTimeout(1500);  // a second report would have been counted by now
  assert.equal((await shown(page)).reports, 1);
  assert.deepEqual(page.trouble, []);
});

const phone = { width: 390, height: 664, hasTouch: true, isMobile: true };  // what is left of 844 between a browser's bars

/** Lands on a service's page and taps what a first-time reporter taps; how many taps and page loads it took to read "Counted" on the screen. */
async function firstReport(slug, options) {
  const page = await openPage(browser, { ...phone, ...options, extraHTTPHeaders: someone() });
  let loads = 0, taps = 0;
  page.on("request", request => { loads += request.isNavigationRequest() && request.method() === "GET"; });
  await page.goto(`${outcry.url}/s/${slug}`);
  for (const name of ["I have a problem"]) {
    const button = page.getByRole("button", { name });
    const { y, height } = await button.boundingBox();
    assert.ok(y >= 0 && y + height <= phone.height, `${name} is ${y} px down: it would take a scroll`);
    await button.tap();
    taps++;
  }
  const counted = page.locator("#answer [role=status]");
  await counted.waitFor();
  assert.equal((await counted.innerText()).trim(), "Counted");
  await page.waitForFunction(() => { const box = document.querySelector("#answer [role=status]").getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
  assert.deepEqual(page.trouble, []);
  return { taps, loads };
}

test("a first-time reporter on a phone: counted within two taps; without JavaScript within two page loads", async () => {
  const withScript = await firstReport("dropbox", {}), without = await firstReport("twitch", { javaScript: false });
  console.log(`# with JavaScript: ${withScript.taps} tap(s), ${withScript.loads} load(s); without: ${without.taps} tap(s), ${without.loads} load(s)`);
  assert.ok(withScript.taps <= 2 && withScript.loads === 1, JSON.stringify(withScript));
  assert.ok(without.loads <= 2, JSON.stringify(without));
});

test("a browser from before 2023, which takes no button into FormData, still says “works for me”", async () => {
  const page = await openPage(browser, { extraHTTPHeaders: someone() });
  await page.addInitScript(() => { const Own = FormData; globalThis.FormData = class extends Own { constructor(form) { super(form); } }; });
  await page.goto(`${outcry.url}/s/paypal`);
  await page.getByRole("button", { name: "Works for me" }).click();
  await page.waitForSelector("#answer");
  const seen = await eventually(page, now => now.works === 1);
  assert.equal(seen.reports, 0);
});

test("by the API: every open page follows", async () => {
  const page = await openPage(browser);
  await page.goto(`${outcry.url}/s/slack`);
  await page.waitForFunction(() => document.getElementById("live").textContent.includes("live"));
  const answer = await fetch(`${outcry.url}/api/v1/services/slack/reports`, { method: "POST", headers: { "content-type": "application/json", ...someone() }, body: "{}" });
  assert.equal(answer.status, 202);
  await eventually(page, now => now.reports === 1);
});

test("“works for me” is a series of its own", async () => {
  const page = await openPage(browser, { extraHTTPHeaders: someone() });
  await page.goto(`${outcry.url}/s/zoom`);
  await page.getByRole("button", { name: "Works for me" }).click();
  await page.waitForSelector("#answer");
  const seen = await eventually(page, now => now.works === 1);
  assert.equal(seen.reports, 0);
});

test("two browsers behind one address are two people; one browser that taps twice is one", async () => {
  const shared = someone();
  const tap = async page => {
    await page.goto(`${outcry.url}/s/netflix`);
    await page.getByRole("button", { name: "I have a problem" }).click();
    await page.waitForSelector("#answer");
  };
  const first = await openPage(browser, { extraHTTPHeaders: shared }), second = await openPage(browser, { extraHTTPHeaders: shared });
  await tap(first);
  await tap(second);
  await tap(second);
  await eventually(second, now => now.reports === 2);
  await second.waitForTimeout(1000);
  assert.equal((await shown(second)).reports, 2);
});

test("what cannot be taken comes back with the reason and with what was typed", async () => {
  const typed = "line one\nline two <b>" + "x".repeat(600);
  const answer = await fetch(`${outcry.url}/s/github/report`, {
    method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html", ...someone() },
    body: new URLSearchParams({ message: typed, category: "no-such-thing" }),
  });
  assert.equal(answer.status, 422);
  const page = await openPage(browser, { javaScript: false });
  await page.setContent(await answer.text());
  assert.equal(await page.getByLabel("What do you see?").inputValue(), typed);
  assert.match(await page.locator("#message-error").innerText(), /at most 500 characters/);
});

test("a page of another site cannot report in its visitor's name", async () => {
  const answer = await fetch(`${outcry.url}/s/github/report`, {
    method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site" }, body: "",
  });
  assert.equal(answer.status, 403);
});
