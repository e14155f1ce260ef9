// naughty.test.mjs: hostile names and labels in a real browser: they are read as text, and nothing of them runs.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const bigList = join(process.env.OUTCRY_SHARED_DIR ?? join(here, "../../../shared"), "vectors/naughty-strings/blns.json");
const read = file => JSON.parse(readFileSync(file, "utf8"));
// Control characters and their like are refused as names; what could run is what counts here.
const couldRun = text => /[<>"'`&{}]|script/i.test(text) && !/[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/.test(text) && Buffer.byteLength(text) <= 100;
const strings = [...new Set([...read(join(here, "../support/naughty.json")), ...existsSync(bigList) ? read(bigList) : []])].filter(couldRun);

let outcry, browser;
before(async () => {
  [outcry, browser] = await Promise.all([startOutcry(), launch()]);
  const services = strings.map((text, i) => ({ slug: `n${i}`, name: text, group: "Names", provider: text, aliases: [text], categories: [{ key: "it", label: text }] }));
  const file = join(tmpdir(), `outcry-naughty-${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ services }));
  outcry.command("service", "import", file);
  for (let i = 0; i < 200; i++) {  // the running server hears of it within seconds
    if ((await fetch(`${outcry.url}/s/n0`)).ok) return;
    await new Promise(done => setTimeout(done, 100));
  }
});
after(async () => { await browser?.close(); await outcry?.stop(); });

/** A page in which anything that ran would be noticed: dialogs, calls of what the strings call, other places asked, broken policy. */
async function watched(options) {
  const page = await openPage(browser, options);
  page.on("dialog", dialog => { page.trouble.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  await page.addInitScript(() => { for (const name of ["oops", "alert", "prompt", "confirm"]) globalThis[name] = () => console.error(`${name} was called`); });
  return page;
}

test(`${strings.length} names and labels that look like code are read as text, and none runs`, async t => {
  if (!existsSync(bigList)) t.diagnostic(`left out: the Big List of Naughty Strings is not at ${bigList}`);
  const page = await watched();
  for (const [i, text] of strings.entries()) {
    await page.goto(`${outcry.url}/s/n${i}`, { waitUntil: "load" });
    assert.equal(await page.locator("h1").textContent(), `Is ${text} down?`);
    await page.goto(`${outcry.url}/s/n${i}/thanks?step=counted`, { waitUntil: "domcontentloaded" });
    assert.equal(await page.locator(".chips label").textContent(), text);
    assert.deepEqual(page.trouble, [], text);
  }
});

test("all of them on one page, in the list and what a search finds", async () => {
  const page = await watched();
  await page.goto(outcry.url, { waitUntil: "load" });
  const names = new Set(await page.locator(".groups .list a > span:first-child").allTextContents());
  for (const text of strings) assert.ok(names.has(text), text);
  for (const text of strings.filter(text => text.includes("<")).slice(0, 40)) await page.goto(`${outcry.url}/?q=${encodeURIComponent(text)}`, { waitUntil: "load" });
  assert.deepEqual(page.trouble, []);
});

test("a message that looks like code comes back as text when it is refused, in place too", async () => {
  const page = await watched({ extraHTTPHeaders: { "x-forwarded-for": "198.51.100.77" } });
  await page.goto(`${outcry.url}/s/n1`);
  await page.getByRole("button", { name: "I have a problem" }).click();
  await page.waitForSelector("#message");
  const typed = `</textarea><script>oops(1)</script>${"<img src=x onerror=oops(2)>".repeat(30)}`;
  await page.locator("#message").evaluate((field, value) => { field.removeAttribute("maxlength"); field.value = value; }, typed);
  await page.getByRole("button", { name: "Add this" }).click();
  await page.waitForSelector("#message-error");
  assert.equal(await page.locator("#message").inputValue(), typed);
  assert.deepEqual(page.trouble.filter(line => !line.includes("422")), []);  // the browser's own note of the refusal
});
