// budget.test.mjs: what a page may weigh and how long it may take on a slow phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertPace, assertWeight, fetchGzip, limits, onSlowPhone } from "./support/budget.mjs";
import { launch, openPage } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser;
before(async () => { [outcry, browser] = await Promise.all([startOutcry(), launch()]); });
after(async () => { await browser?.close(); await outcry?.stop(); });

const groups = ["services", "incidents", "reports", "events", "site", "operators-incidents", "operators-catalogue", "operators-detector", "operators-notifications", "operators-quiet", "operators-metrics"];
const pages = [
  "/", "/s/microsoft-365", "/s/microsoft-365?range=24h", "/s/microsoft-365?range=30d", "/s/outlook/thanks?step=counted", "/?q=outluk",
  "/s/microsoft-365/share", "/incidents", "/about/method", "/privacy", "/developers", "/api/docs", ...groups.map(group => `/api/docs/${group}`), "/nothing/here", "/de/", "/de/s/microsoft-365", "/es/about/method",
];

test("weight of every public page: HTML with its chart, stylesheet, scripts before the first touch; nobody else is asked", async () => {
  const page = await openPage(browser);
  for (const path of pages) await assertWeight(page, outcry.url + path);
  assert.deepEqual(page.trouble.filter(line => line.startsWith("third party")), []);
  await page.goto(`${outcry.url}/s/microsoft-365`, { waitUntil: "load" });
  const asked = [];
  page.on("requestfinished", request => asked.push(request.url()));
  await page.locator("#plot").hover();
  await page.waitForSelector("#plot canvas");
  const chunk = (await Promise.all(asked.filter(address => /\/chart-[^/]*\.(js|css)$/.test(address)).map(fetchGzip))).reduce((a, b) => a + b, 0);
  console.log(`# the chart's chunk with its CSS: ${chunk} bytes gzip`);
  assert.ok(chunk > 10_000 && chunk <= 26_000, `${chunk}`);
});

test("what is sent is compressed, cached as it should be, and fenced in", async () => {
  const page = await fetch(`${outcry.url}/s/gmail`, { headers: { "accept-encoding": "gzip" } });
  assert.equal(page.headers.get("content-encoding"), "gzip");
  assert.match(page.headers.get("cache-control"), /s-maxage=5/);
  assert.match(page.headers.get("content-security-policy"), /default-src 'none'/);
  assert.doesNotMatch(page.headers.get("content-security-policy"), /unsafe/);
  assert.equal(page.headers.get("set-cookie"), null);
  const style = (await page.text()).match(/href="([^"]+\.css)"/)[1];
  const asset = await fetch(outcry.url + style, { headers: { "accept-encoding": "br" } });
  assert.match(asset.headers.get("cache-control"), /immutable/);
  assert.equal(asset.headers.get("content-encoding"), "br");
  const again = await fetch(`${outcry.url}/s/gmail`, { headers: { "accept-encoding": "gzip", "if-none-match": page.headers.get("etag") } });
  assert.ok([200, 304].includes(again.status));
  const thanks = await fetch(`${outcry.url}/s/gmail/thanks`);
  assert.equal(thanks.headers.get("cache-control"), "no-store");
});

for (const path of ["/", "/s/microsoft-365", "/incidents", "/api/docs/operators-notifications", "/de/s/outlook/thanks?step=counted"]) {
  test(`a slow phone, ${path}: largest paint within 800 ms, blocked for at most 200 ms, nothing jumps`, async t => {
    await assertPace(t, browser, outcry.url + path);
  });
}

test("a page that is too slow and too heavy would be seen", async () => {
  const path = "/s/microsoft-365";
  const heavy = await onSlowPhone(browser, outcry.url + path, undefined, () => {
    document.addEventListener("DOMContentLoaded", () => {
      const until = performance.now() + 500;
      while (performance.now() < until);
      setTimeout(() => { document.body.prepend(Object.assign(document.createElement("p"), { textContent: "late ".repeat(200) })); }, 900);
    });
  });
  assert.ok(heavy.blocked > limits.blocked, `blocked ${heavy.blocked}`);
  assert.ok(heavy.shift > limits.shift, `shift ${heavy.shift}`);
  assert.ok(heavy.paint > limits.paint, `paint ${heavy.paint}`);
});
