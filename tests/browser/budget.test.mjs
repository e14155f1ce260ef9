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

const pages = [
  "/", "/s/microsoft-365", "/s/microsoft-365?range=24h", "/s/microsoft-365?range=30d", "/s/outlook/thanks?step=counted", "/?q=outluk",
  "/s/microsoft-365/share", "/incidents", "/about/method", "/privacy", "/nothing/here", "/de/", "/de/s/microsoft-365", "/es/about/method",
];

test("weight of every public page: HTML with its chart, stylesheet, scripts before the first touch; nobody else is asked", async () => {
  const page = await openPage(browser);
  const asked = [];
  page.on("requestfinished", request => { if (request.frame() === page.mainFrame()) asked.push(request.url()); });  // a card shown in a frame has a sheet of its own
  for (const path of pages) {
    asked.length = 0;
    await page.goto(outcry.url + path, { waitUntil: "load" });
    await page.waitForTimeout(300);
    const weigh = async end => (await Promise.all(asked.filter(address => new URL(address).pathname.endsWith(end)).map(fetchGzip))).reduce((a, b) => a + b, 0);
    const html = await fetchGzip(outcry.url + path), css = await weigh(".css"), script = await weigh(".js");
    console.log(`# ${path}: HTML ${html}, CSS ${css}, JavaScript ${script} bytes gzip`);
    assert.ok(html <= 14 * kilobyte, `${path}: HTML ${html}`);
    assert.ok(css > 0 && css <= 4.5 * kilobyte, `${path}: CSS ${css}`);
    assert.ok(script > 0 && script <= 4 * kilobyte, `${path}: JavaScript ${script}`);
  }
  assert.deepEqual(page.trouble.filter(line => line.startsWith("third party")), []);
  await page.goto(`${outcry.url}/s/microsoft-365`, { waitUntil: "load" });
  asked.length = 0;
  await page.locator("#plot").hover();
  await page.waitForSelector("#plot canvas");
  const chunk = (await Promise.all(asked.filter(address => /\/chart-[^/]*\.(js|css)$/.test(address)).map(fetchGzip))).reduce((a, b) => a + b, 0);
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
async function onSlowPhone(path, burden) {
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
  if (burden) await page.addInitScript(burden);
  await page.goto(outcry.url + path, { waitUntil: "load" });
  await page.waitForTimeout(1500);
  const seen = await page.evaluate(() => measured);
  await page.context().close();
  return seen;
}

/** How much longer than its own CPU time a short loop takes: 1 on a machine that has nothing else to do. */
function disturbance() {
  const began = performance.now(), before = process.cpuUsage();
  let own;
  do own = process.cpuUsage(before).user / 1000; while (own < 30);
  return (performance.now() - began) / own;
}

/** What else runs on the machine only slows a page down, so loads during which it was busy say nothing: the median of the calmest three of at most nine. */
async function onCalmMachine(path) {
  const calm = 1.25, loads = [];
  const enough = () => loads.filter(load => load.busy < calm).length >= 3 || loads.length >= 9 || (loads.length >= 3 && loads.every(load => load.busy > 3));
  while (!enough()) {
    const before = disturbance(), seen = await onSlowPhone(path);
    loads.push({ ...seen, busy: Math.max(before, disturbance()) });
  }
  const best = loads.sort((a, b) => a.busy - b.busy).slice(0, 3);
  const median = name => best.map(load => load[name]).sort((a, b) => a - b)[1];
  return { paint: median("paint"), blocked: median("blocked"), shift: Math.max(...loads.map(load => load.shift)), busy: median("busy"), calm: best.at(-1).busy < calm };
}

const limits = { paint: 800, blocked: 200, shift: 0.02 };

for (const path of ["/", "/s/microsoft-365", "/incidents", "/de/s/outlook/thanks?step=counted"]) {
  test(`a slow phone, ${path}: largest paint within 800 ms, blocked for at most 200 ms, nothing jumps`, async t => {
    const seen = await onCalmMachine(path);
    console.log(`# ${path}: largest paint ${Math.round(seen.paint)} ms, blocked ${Math.round(seen.blocked)} ms, shift ${seen.shift.toFixed(4)}, disturbance ${seen.busy.toFixed(2)}`);
    assert.ok(seen.paint > 0, "nothing was painted");
    assert.ok(seen.shift <= limits.shift, `shift ${seen.shift}`);
    const within = seen.paint <= limits.paint && seen.blocked <= limits.blocked;
    if (!within && !seen.calm) return t.skip(`left out: this machine is too busy to judge a page by (a loop took ${seen.busy.toFixed(1)} times its own CPU time)`);
    assert.ok(seen.paint <= limits.paint, `largest paint after ${seen.paint} ms`);
    assert.ok(seen.blocked <= limits.blocked, `blocked for ${seen.blocked} ms`);
  });
}

test("a page that is too slow and too heavy would be seen", async () => {
  const path = "/s/microsoft-365";
  const heavy = await onSlowPhone(path, () => {
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
