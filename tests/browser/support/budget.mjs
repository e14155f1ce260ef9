// support/budget.mjs: what a page may weigh and how long it may take, and how both are measured.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { openPage } from "./browser.mjs";

const kilobyte = 1000;
/** Bytes as gzip; milliseconds; shift as browsers count it. `word`: what a page of one word takes at most on a machine that pages can be judged on. */
export const limits = {
  html: 14 * kilobyte, css: 4.5 * kilobyte, script: 4 * kilobyte, paint: 800, blocked: 200, shift: 0.02, word: 450,
};

export async function fetchGzip(address) {
  const answer = await fetch(address, { headers: { "accept-encoding": "gzip" } });
  return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length;  // fetch has unpacked it
}

/** Loads the address in `page` and weighs it with what it asks for before anyone touches it: {html, css, script}. */
export async function weighPage(page, address) {
  const asked = [];
  const note = request => { if (request.frame() === page.mainFrame()) asked.push(request.url()); };  // a card shown in a frame has a sheet of its own
  page.on("requestfinished", note);
  const answer = await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(300);
  page.off("requestfinished", note);
  const weigh = async end => (await Promise.all(asked.filter(each => new URL(each).pathname.endsWith(end)).map(fetchGzip))).reduce((a, b) => a + b, 0);
  return { html: gzipSync(await answer.body(), { level: 9 }).length, css: await weigh(".css"), script: await weigh(".js") };
}

const pathOf = address => address.slice(new URL(address).origin.length);

/** Weighs the page, says what it weighs, and asserts that this is within the limits. */
export async function assertWeight(page, address) {
  const { html, css, script } = await weighPage(page, address), path = pathOf(address);
  console.log(`# ${path}: HTML ${html}, CSS ${css}, JavaScript ${script} bytes gzip`);
  assert.ok(html > 0 && html <= limits.html, `${path}: HTML ${html}`);
  assert.ok(css > 0 && css <= limits.css, `${path}: CSS ${css}`);
  assert.ok(script > 0 && script <= limits.script, `${path}: JavaScript ${script}`);
}

/** Loads the page once as a slow phone would: {paint, shift, blocked}. `burden` runs in the page first. */
export async function onSlowPhone(browser, address, cookies, burden) {
  const page = await openPage(browser, { deviceScaleFactor: 2 });
  if (cookies) await page.context().addCookies(cookies);
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
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(1500);
  const seen = await page.evaluate(() => measured);
  await page.context().close();
  return seen;
}

const middleOfBest = (loads, name) => loads.map(load => load[name]).sort((a, b) => a - b).slice(0, 3)[1];

/**
 * Loads the page at least three times, each beside a page with one word on it, and again, up to nine times, while it is too slow. What else runs
 * on the machine only slows a page down, so the middle one of the fastest three counts: {paint, blocked, shift, word}; `word` is the other page's paint.
 */
async function paceOf(browser, address, cookies) {
  const loads = [], words = [];
  const slow = () => middleOfBest(loads, "paint") > limits.paint || middleOfBest(loads, "blocked") > limits.blocked;
  while (loads.length < 3 || (loads.length < 9 && slow())) {
    words.push(await onSlowPhone(browser, `${new URL(address).origin}/healthz`));
    loads.push(await onSlowPhone(browser, address, cookies));
  }
  return { paint: middleOfBest(loads, "paint"), blocked: middleOfBest(loads, "blocked"), shift: Math.max(...loads.map(load => load.shift)), word: middleOfBest(words, "paint") };
}

/** Asserts that the page paints in time on a slow phone, blocks it for no longer than allowed, and does not jump; skips `t` where even one word takes too long. */
export async function assertPace(t, browser, address, cookies) {
  const seen = await paceOf(browser, address, cookies), path = pathOf(address);
  console.log(`# ${path}: largest paint ${Math.round(seen.paint)} ms, blocked ${Math.round(seen.blocked)} ms, shift ${seen.shift.toFixed(4)}; one word ${Math.round(seen.word)} ms`);
  assert.ok(seen.paint > 0 && seen.word > 0, "nothing was painted");
  assert.ok(seen.shift <= limits.shift, `shift ${seen.shift}`);
  const within = seen.paint <= limits.paint && seen.blocked <= limits.blocked;
  if (!within && seen.word > limits.word) return t.skip(`left out: this machine is too busy to judge a page by (one word took ${Math.round(seen.word)} ms)`);
  assert.ok(seen.paint <= limits.paint, `largest paint after ${seen.paint} ms`);
  assert.ok(seen.blocked <= limits.blocked, `blocked for ${seen.blocked} ms`);
}
