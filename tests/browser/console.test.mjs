// console.test.mjs: every page for operators, with something on each: how it looks at any width, light and dark, with and without JavaScript,
// what it weighs, how long it takes on a slow phone, whom it asks. The list of pages is console_pages.json; the routes are held against it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { assertPace, assertWeight, limits, onSlowPhone, weighPage } from "./support/budget.mjs";
import { launch, openPage, overlappingBoxes, tooSmall } from "./support/browser.mjs";
import { becomeAdmin, flood, furnish, looksRight, longName, setupLink, startReceiver } from "./support/operator.mjs";
import { startOutcry } from "./support/outcry.mjs";

const pages = Object.values(JSON.parse(readFileSync(new URL("console_pages.json", import.meta.url)))).flat();
const empty = ["/admin/notifications", "/admin/quiet", "/admin/tokens", "/admin/tune"];  // as they are before there is anything
let outcry, browser, receiver, cookies, ids = {};

before(async () => {
  [outcry, browser, receiver] = await Promise.all([startOutcry(["demo", "--speed", "120"]), launch(), startReceiver()]);
});
after(async () => { await browser?.close(); receiver?.stop(); await outcry?.stop(); });

const address = path => outcry.url + path.replace(/\{(\w+)\}/g, (_, name) => ids[name]);

async function open(path, options = {}) {
  const page = await openPage(browser, options);
  if (cookies) await page.context().addCookies(cookies);
  page.answer = await page.goto(address(path), { waitUntil: "load" });
  return page;
}

test("the first start: where to sign in when there is nobody, and the way in", async () => {
  ids.link = new URL(await setupLink(outcry)).pathname;
  const page = await openPage(browser);
  for (const path of ["/admin/sign-in", "{link}"]) {
    await page.goto(address(path));
    await looksRight(page, [360, 1280]);
  }
  await becomeAdmin(page, outcry);
  cookies = await page.context().cookies();
  for (const path of ["/admin", ...empty]) {
    await page.goto(address(path));
    await looksRight(page, [360, 1280]);
    assert.deepEqual(page.trouble, []);
  }
  Object.assign(ids, await furnish(outcry, cookies, receiver));
});

for (const path of pages) {
  test(`${path} looks right, asks nobody else, and says the same without JavaScript`, async () => {
    const page = await open(path);
    assert.equal(page.url(), address(path), "not the way to sign in");
    await looksRight(page, [360, 390, 768, 1280]);
    const expected = page.answer.status() < 400 ? () => true : line => !line.includes(`status of ${page.answer.status()}`);
    assert.deepEqual(page.trouble.filter(expected), []);
    assert.doesNotMatch(await page.textContent("body"), /\{\{|undefined|\[object/);
    assert.equal(page.answer.headers()["cache-control"], "no-store");
    assert.doesNotMatch(page.answer.headers()["content-security-policy"], /unsafe/);
    const heading = await page.locator("h1").innerText();
    await page.context().close();

    const plain = await open(path, { javaScript: false });
    assert.equal(await plain.locator("h1").innerText(), heading);
    for (const width of [360, 1280]) {
      await plain.setViewportSize({ width, height: 844 });
      assert.deepEqual(await overlappingBoxes(plain), []);
      assert.deepEqual(await tooSmall(plain), []);
    }
    await plain.context().close();
  });
}

test("weight of every page: the HTML, the sheets, the scripts", async () => {
  const page = await open("/admin");
  for (const path of pages) await assertWeight(page, address(path));
  await page.context().close();
});

for (const path of ["/admin/sign-in", "/admin", "/admin/incidents/{incident}", "/admin/notifications", "/admin/services", "/admin/s/microsoft-365/tune", "/admin/tune?group=Cloud", "/admin/audit"]) {
  test(`a slow phone, ${path}: largest paint, blocking, jumps`, async t => {
    await assertPace(t, browser, address(path), cookies);
  });
}

test("the console shows what an operator has to know: incidents, traffic, messages, freshness, parts", async () => {
  const page = await open("/admin", { width: 1280 });
  const under = heading => page.getByRole("region", { name: heading, exact: true });
  const said = await under("Open incidents").innerText();
  assert.match(said, /Spike in reports|Easing off/);
  assert.match(said, /OPENED \(UTC\)|Opened \(UTC\)/);
  assert.match(said, /(Looking into it|Cause found|Watching a fix|Resolved|Other), /);
  assert.ok(await under("Open incidents").getByRole("link", { name: /^Act on / }).count() >= 2);

  assert.match(await under("Failed deliveries").innerText(), /störungen-leitstelle-süd.*\n?.*failed: the receiver is gone/s);
  for (const part of ["Counting", "Judging", "Official pages", "Disk"]) await under("Parts").getByRole("rowheader", { name: part, exact: true }).waitFor();
  assert.match(await under("Parts").innerText(), /Every report before .* UTC is counted/);
  assert.match(await under("Parts").getByRole("row", { name: /^Notifications/ }).innerText(), /1 target fails|has been due since/);
  await page.context().close();
});

test("traffic over one network's share is shown with its service, repeated and limited apart", async () => {
  await flood(outcry, "aerztlicher-bereitschaftsdienst");
  const page = await open("/admin", { width: 1280 });
  const row = page.getByRole("region", { name: "Suspect and limited traffic" }).getByRole("row", { name: longName });
  for (const deadline = Date.now() + 10_000; !await row.isVisible() && Date.now() < deadline; await page.waitForTimeout(200)) await page.reload();
  const [counted, repeated, limited] = (await row.getByRole("cell").allInnerTexts()).map(Number);
  assert.ok(counted > 0 && limited > 0, `counted ${counted}, repeated ${repeated}, limited ${limited}`);
  await looksRight(page, [390]);
  await page.context().close();
});

test("each act on an incident works without JavaScript, is refused with the next step, and is told afterwards", async () => {
  const page = await open("/admin/incidents/{incident}", { javaScript: false });
  await page.getByRole("button", { name: "Close it" }).click();  // the browser itself asks for the reason
  assert.equal(page.url(), address("/admin/incidents/{incident}"));
  await page.locator("#acknowledge-why").fill("Ich schaue nach: 東京");
  await page.getByRole("button", { name: "Acknowledge", exact: true }).click();
  await page.getByText("Acknowledged by mara").first().waitFor();
  await page.locator("#annotate-why").fill("The provider has found the cause.");
  await page.getByRole("button", { name: "Add the note" }).click();
  await page.locator("#merge-why").fill("One outage");
  await page.getByRole("button", { name: "Merge it" }).click();
  await page.getByRole("link", { name: "Part of another" }).waitFor();
  await page.locator("#false-why").fill("Our own test");
  await page.getByRole("button", { name: "Mark as false" }).click();
  await page.locator("#annotate-why").fill("   ");
  await page.getByRole("button", { name: "Add the note" }).click();
  assert.match(await page.getByRole("alert").innerText(), /Say why; others will read it/);
  await looksRight(page, [390], false);
  await page.goto(address("/admin/incidents/{incident}"));
  await page.locator("#close-why").fill("Over for us");
  await page.getByRole("button", { name: "Close it" }).click();
  await page.getByText(/Closes at \d\d:\d\d UTC|Closed \(UTC\)/).first().waitFor();
  const done = await page.getByRole("region", { name: "What was done" }).innerText();
  for (const words of ["acknowledged", "annotated", "merged", "marked as false", "closed", "Ich schaue nach: 東京", "Over for us"]) assert.ok(done.includes(words), words);
  await page.context().close();
});

test("what is wrong with a form is said beside its field, and what was typed stays", async () => {
  const page = await open("/admin/notifications", { javaScript: false });
  const tries = [
    ["/admin/notifications", async () => { await page.fill("#name", "Nowhere"); await page.fill("#address", "ftp://example.org"); await page.getByRole("button", { name: "Add", exact: true }).click(); }, /https:\/\//],
    ["/admin/notifications/routes/{line}", async () => { await page.fill("#r-to", ""); await page.getByRole("button", { name: "Save" }).click(); }, /Write both times/],
    ["/admin/services/new", async () => { await page.fill("#f-slug", "not a slug!"); await page.fill("#f-name", "X"); await page.getByRole("button", { name: "Save" }).click(); }, /slug|letters|small/i],
    ["/admin/services", async () => { await page.fill("#file", "{nonsense"); await page.getByRole("button", { name: "Show the difference" }).click(); }, /JSON/],
    ["/admin/tokens", async () => { await page.fill("#name", "x"); await page.getByRole("button", { name: "Make it" }).click(); }, /at least one/],
    ["/admin/users", async () => { await page.fill("#name", "Über!"); await page.getByRole("button", { name: "Add", exact: true }).click(); }, /begins with a letter/],
    ["/admin/account", async () => { await page.fill("#current", "wrong wrong wrong"); await page.fill("#password", "four other random words"); await page.getByRole("button", { name: "Change it" }).click(); }, /not the present password/],
    ["/admin/s/gmail/statements", async () => { await page.fill("#text", "x"); await page.fill("#address", "http://example.org"); await page.getByRole("button", { name: "Write it down" }).click(); }, /https:\/\//],
  ];
  for (const [path, wrong, sentence] of tries) {
    await page.goto(address(path));
    await wrong();
    const said = page.locator("form .wrong, [role=alert], .note.is-spike").first();
    await said.waitFor({ timeout: 5_000 }).catch(() => { throw new Error(`${path}: nothing is said to be wrong`); });
    assert.match(await said.innerText(), sentence, path);
    await looksRight(page, [360, 1280], false);
  }
  await page.context().close();
});

test("these checks see what is wrong: a page that is too heavy and too slow", async () => {
  const page = await open("/admin");
  const heavy = `${outcry.url}/admin/audit`;
  await page.route(heavy, async route => {
    const answer = await route.fetch();
    let noise = "";
    for (let i = 0; i < 20_000; i++) noise += Math.random().toString(36).slice(2, 8);
    await route.fulfill({ response: answer, body: (await answer.text()).replace("</main>", `<p>${noise}</p></main>`) });
  });
  assert.ok((await weighPage(page, heavy)).html > limits.html);
  const slow = await onSlowPhone(browser, address("/admin"), cookies, () => {
    document.addEventListener("DOMContentLoaded", () => {
      for (const until = performance.now() + 1_500; performance.now() < until;);
      setTimeout(() => { document.body.prepend(Object.assign(document.createElement("p"), { textContent: "late ".repeat(200) })); }, 900);
    });
  });
  assert.ok(slow.blocked > limits.blocked && slow.shift > limits.shift && slow.paint > limits.paint, JSON.stringify(slow));
  await page.context().close();
});
