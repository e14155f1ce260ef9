// live.test.mjs: the page keeps up, says when it cannot, and finds its way back; the chart answers pointer and keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, launch, openPage, overlappingBoxes } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser;
before(async () => { [outcry, browser] = await Promise.all([startOutcry(["serve"], { OUTCRY_BASE_PATH: "/status" }), launch()]); });
after(async () => { await browser?.close(); await outcry?.stop(); });

const says = (page, word) => page.waitForFunction(w => document.getElementById("live").textContent.trim() === `· ${w}`, word, { timeout: 20_000 });

test("below a sub-path, every link of every page leads somewhere", async () => {
  const seen = new Set(), open = [`${outcry.url}/`, `${outcry.url}/de/`, `${outcry.url}/es/about/method`];
  while (open.length && seen.size < 60) {
    const address = open.pop();
    if (seen.has(address)) continue;
    seen.add(address);
    const answer = await fetch(address, { headers: { accept: "text/html,*/*;q=0.8" } });
    assert.equal(answer.status, 200, address);
    const text = await answer.text();
    if (!answer.headers.get("content-type").startsWith("text/html")) continue;
    for (const [, href] of text.matchAll(/(?:href|src)="([^"#]+)/g)) {
      const next = new URL(href.replaceAll("&amp;", "&"), address);
      if (next.origin !== new URL(outcry.url).origin) continue;
      assert.ok(next.pathname.startsWith("/status/"), `${next} on ${address}`);
      open.push(next.href);
    }
  }
  assert.ok(seen.size >= 20);
});

test("arrow keys move along the chart, and the numbers are said", async () => {
  const page = await openPage(browser, { width: 1280 });
  await page.goto(`${outcry.url}/s/github`);
  await page.locator("#plot").focus();
  await page.waitForSelector("#plot canvas");
  await page.keyboard.press("End");
  const last = await page.locator(".readout").innerText();
  assert.match(last, /^\S+( \S+)* · Reports 0 · Usual \d+$/);
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await page.locator(".readout").innerText(), last);
  assert.deepEqual(await overlappingBoxes(page), []);
  assert.deepEqual(await axeViolations(page), []);
  assert.deepEqual(page.trouble, []);
});

test("the choice of dark is kept, and pages that were made before it follow", async () => {
  const page = await openPage(browser);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(`${outcry.url}/`);
  const light = await paper();
  await page.getByText("Dark", { exact: true }).click();
  const dark = await paper();
  assert.notEqual(dark, light);
  await page.goto(`${outcry.url}/about/method`);
  assert.equal(await paper(), dark);
});

test("a lost event stream is said, and found again", async () => {
  const page = await openPage(browser);
  await page.goto(`${outcry.url}/s/github`);
  await says(page, "live");
  await outcry.end();
  await says(page, "not live, trying again");
  await outcry.run();
  await says(page, "live");
});
