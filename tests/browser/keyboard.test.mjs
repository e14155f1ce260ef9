// keyboard.test.mjs: an operator's night without a mouse: signs in, opens an incident, acknowledges it with a note, tunes its service and
// saves. Whatever has the focus can be seen to have it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage } from "./support/browser.mjs";
import { becomeAdmin, desk, name, password } from "./support/operator.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser;
before(async () => { [outcry, browser] = await Promise.all([startOutcry(["demo", "--speed", "120"]), launch()]); });
after(async () => { await browser?.close(); await outcry?.stop(); });

/** What has the focus: its accessible words, and whether an outline or a ring shows it. */
const focused = page => page.evaluate(() => {
  const at = document.activeElement, words = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent ?? "";
  // A control that is drawn by its label (a segment, a checkbox) shows the focus there.
  const drawn = [at, at.closest("label"), at.parentElement].filter(Boolean);
  const seen = drawn.some(each => { const style = getComputedStyle(each); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; });
  const box = at.getBoundingClientRect();
  return { tag: at.tagName, words: words.trim().replace(/\s+/g, " "), seen, at: at === document.body ? null : [Math.round(box.top + scrollY), Math.round(box.left)] };
});

/** Presses Tab until what has the focus is named so; every stop on the way must be visible. */
async function tabTo(page, wanted, most = 150) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (here.tag === "BODY") continue;  // round the end
    assert.ok(here.seen, `the focus on “${here.words}” (${here.tag}) cannot be seen`);
    if (wanted.test(here.words)) return here;
  }
  assert.fail(`no way by Tab to ${wanted}`);
}

test("signs in, acknowledges with a note, tunes and saves, by keyboard alone", async () => {
  const first = await openPage(browser);
  await becomeAdmin(first, outcry);
  const { send } = await desk(outcry, await first.context().cookies());
  const { id: target } = await send("/api/v1/admin/targets", { name: "Night shift", kind: "mail", address: "night@example.org" });
  await send("/api/v1/admin/routes", { target, quiet_from: "22:00", quiet_to: "06:30" });
  await first.context().close();

  const page = await openPage(browser, { width: 1280 });
  const press = async (key, address) => { await Promise.all([page.waitForURL(address), page.keyboard.press(key)]); };
  await page.goto(`${outcry.url}/admin`);
  await tabTo(page, /^Name$/);
  await page.keyboard.type(name);
  await tabTo(page, /^Password$/);
  await page.keyboard.type(password);
  await press("Enter", `${outcry.url}/admin`);

  await page.keyboard.press("Tab");  // the first stop of every page leads past the navigation
  assert.match((await focused(page)).words, /^Skip/i);
  await page.keyboard.press("Enter");
  for (const deadline = Date.now() + 60_000; !await page.getByRole("link", { name: /^Act on / }).first().isVisible() && Date.now() < deadline; await page.waitForTimeout(500)) await page.reload();
  const { words } = await tabTo(page, /^Act on /);
  const service = words.replace("Act on ", "");
  await press("Enter", /\/admin\/incidents\//);
  await tabTo(page, /^Why \(optional\)$/);
  await page.keyboard.type("I am looking at it");
  await tabTo(page, /^Acknowledge$/);
  await page.keyboard.press("Enter");
  await page.getByText(`Acknowledged by ${name}`).first().waitFor();
  assert.match(await page.getByRole("region", { name: "What was done" }).innerText(), /acknowledged.*I am looking at it/s);

  await tabTo(page, new RegExp(`^Tune ${service}$`));
  await press("Enter", /\/tune$/);
  const dial = page.locator("#d-false_alarms_per_year"), was = await dial.inputValue();
  await tabTo(page, /^False alarms, draft, slider$/);
  for (let i = 0; i < 3; i++) await page.keyboard.press("PageUp");
  await page.waitForFunction(was => document.querySelector("#d-false_alarms_per_year").value !== was && location.search.includes("false_alarms_per_year"), was);
  const wanted = await dial.inputValue();
  await tabTo(page, /^Why\? \(kept with the version\)$/);
  await page.keyboard.type("By keyboard");
  await press("Enter", /\?done=saved$/);
  assert.match(await page.locator("#versions").innerText(), /By keyboard/);
  assert.equal(await dial.inputValue(), wanted);
  assert.deepEqual(page.trouble, []);
});

for (const [path, width] of [["/admin", 390], ["/admin", 1280], ["/admin/notifications", 390], ["/admin/notifications/routes/1", 390], ["/admin/audit", 1280], ["/admin/s/microsoft-365/tune", 390]]) {
  test(`${path} at ${width}: Tab goes through the page as it is read, and every stop can be seen`, async () => {
    const page = await openPage(browser, { width });
    await page.goto(`${outcry.url}/admin/sign-in`);
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${outcry.url}/admin`);
    await page.goto(outcry.url + path);
    await page.locator("main").evaluate(main => { main.tabIndex = -1; main.focus(); });
    let before = [0, 0], stops = 0;
    for (; stops < 200; stops++) {
      await page.keyboard.press("Tab");
      const here = await focused(page);
      if (!here.at || await page.evaluate(() => !document.activeElement.closest("main"))) break;
      assert.ok(here.seen, `the focus on “${here.words}” (${here.tag}) cannot be seen`);
      const row = 60;  // what stands in one row may differ by a little in height
      assert.ok(here.at[0] > before[0] - row, `“${here.words}” at ${here.at} comes after ${before}`);
      before = here.at;
    }
    assert.ok(stops > 2, `${stops} stops`);
    await page.context().close();
  });
}
