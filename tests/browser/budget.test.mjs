// budget.test.mjs: what a page may weigh and how long it may take on a slow phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch, openPage } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser;
before(async () => { [outcry, browser] = await Promise.all([startOutcry(), launch()]); });
after(async () => { await browser?.close(); await outcry?.stop(); });

const kilobyte = 1000;
const fetchGzip = async address => {
  const answer = await fetch(address, { headers: { "accept-encoding": "gzip" } });
  return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length;  // fetch has unpacked it
};

test("weight: HTML with its chart, stylesheet, scripts before the first touch, the chart's own", async () => {
  const page = await openPage(browser);
  const asked = [];
  page.on("requestfinished", request => asked.push(request.url()));
  for (const path of ["/", "/s/microsoft-365", "/s/microsoft-365?range=24h", "/s/microsoft-365?range=30d"]) {
    asked.length = 0;
    await page.goto(outcry.url + path, { waitUntil: "load" });
    await page.waitForTimeout(300);
    const weigh = async end => (await Promise.all(asked.filter(address => new URL(address).pathname.endsWith(end)).map(fetchGzip))).reduce((a, b) => a + b, 0);
    const html = await fetchGzip(outcry.url + path), css = await weigh(".css"), script = await weigh(".js");
    console.log(`# ${path}: HTML ${html}, CSS ${css}, JavaScript ${script} bytes gzip`);
    assert.ok(html <= 14 * kilobyte, `${path}: HTML ${html}`);
    assert.ok(css <= 4.5 * kilobyte, `${path}: CSS ${css}`);
    assert.ok(script > 0 && script <= 4 * kilobyte, `${path}: JavaScript ${script}`);
  }
  asked.length = 0;
  await page.locator("#plot").hover();
  await page.waitForSelector("#plot canvas");
  const chunk = (await Promise.all(asked.filter(address => address.includes("/assets/")).map(fetchGzip))).reduce((a, b) => a + b, 0);
  console.log(`# the chart's chunk with its CSS: ${chunk} bytes gzip`);
  assert.ok(chunk > 10 * kilobyte && chunk <= 26 * kilobyte, `${chunk}`);
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

/** Loads the page once as a slow phone would. */
async function onSlowPhone(path) {
  const page = await openPage(browser, { deviceScaleFactor: 2 });
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
  await wire.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    globalThis.measured = { paint: 0, shift: 0, blocked: 0 };
    new PerformanceObserver(list => { for (const entry of list.getEntries()) measured.paint = entry.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) measured.shift += entry.value; }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver(list => { for (const entry of list.getEntries()) measured.blocked += Math.max(0, entry.duration - 50); }).observe({ type: "longtask", buffered: true });
  });
  await page.goto(outcry.url + path, { waitUntil: "load" });
  await page.waitForTimeout(2000);
  const seen = await page.evaluate(() => measured);
  await page.context().close();
  console.log(`# ${path}: largest paint ${Math.round(seen.paint)} ms, blocked ${Math.round(seen.blocked)} ms, shift ${seen.shift.toFixed(4)}`);
  return seen;
}

test("a slow phone: largest paint within 800 ms, little blocking, nothing jumps", async () => {
  for (const path of ["/", "/s/microsoft-365"]) {
    // What else runs on this machine can only slow a page down: the quickest of a few attempts is the page's own time.
    let quickest;
    for (let attempt = 0; attempt < 5 && !(quickest?.paint <= 800 && quickest.blocked <= 200); attempt++) {
      const seen = await onSlowPhone(path);
      assert.ok(seen.paint > 0, `${path}: nothing was painted`);
      assert.ok(seen.shift <= 0.02, `${path}: shift ${seen.shift}`);
      if (!quickest || seen.paint < quickest.paint) quickest = seen;
    }
    assert.ok(quickest.paint <= 800, `${path}: largest paint after ${quickest.paint} ms`);
    assert.ok(quickest.blocked <= 200, `${path}: blocked for ${quickest.blocked} ms`);
  }
});
