// words.test.mjs: the words around the numbers: languages that keep to themselves, times in UTC or in the reader's own zone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, launch, openPage, overlappingBoxes } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser;
before(async () => { [outcry, browser] = await Promise.all([startOutcry(), launch()]); });
after(async () => { await browser?.close(); await outcry?.stop(); });

test("a reader changes the language on the page, and stays in it", async () => {
  const page = await openPage(browser);
  await page.goto(`${outcry.url}/s/github?range=30d`);
  await page.getByRole("link", { name: "Deutsch" }).click();
  assert.equal(new URL(page.url()).pathname, "/de/s/github");
  assert.equal(new URL(page.url()).search, "?range=30d");
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  await page.getByRole("button", { name: "Ich habe ein Problem" }).click();
  await page.waitForSelector("#answer");
  assert.match(await page.locator("#answer").innerText(), /Gezählt[^]*Was sehen Sie\?/);
  await page.getByRole("link", { name: "Vorfälle", exact: true }).click();
  assert.equal(new URL(page.url()).pathname, "/de/incidents");
  assert.deepEqual(page.trouble, []);
});

test("without JavaScript a report in Spanish is thanked for in Spanish, and a wrong address answers in it", async () => {
  const page = await openPage(browser, { javaScript: false, extraHTTPHeaders: { "x-forwarded-for": "198.51.100.7" } });
  await page.goto(`${outcry.url}/es/s/gmail`);
  await page.getByRole("button", { name: "Tengo un problema" }).click();
  assert.equal(new URL(page.url()).pathname, "/es/s/gmail/thanks");
  assert.match(await page.locator("h1").innerText(), /Gracias/);
  await page.goto(`${outcry.url}/es/s/outluk`);
  assert.match(await page.locator("h1").innerText(), /No hay ninguna página/);
  assert.equal(await page.getByRole("link", { name: "Outlook" }).first().getAttribute("href"), "/es/s/outlook");
});

test("times are in UTC until the reader asks for local ones; each names its zone, and the choice is kept", async () => {
  const page = await openPage(browser, { timezoneId: "Asia/Kolkata", width: 1280 });
  await page.goto(`${outcry.url}/s/slack`);
  const fresh = page.locator("#fresh"), marks = page.locator(".plot [data-tick]");
  const zoned = async name => assert.match(await fresh.innerText(), new RegExp(`Counted until (\\d+ \\S+ )?\\d\\d:\\d\\d ${name}`));
  await zoned("UTC");
  const before = await fresh.innerText(), ticks = await marks.allTextContents();
  await page.getByText("Local time", { exact: true }).click();
  await zoned("GMT\\+5:30");
  assert.notDeepEqual(await marks.allTextContents(), ticks);
  for (const text of await marks.allTextContents()) assert.match(text, /^(\d\d:00|\d+ \w+)?$/, "a round time of the zone");
  assert.deepEqual(await overlappingBoxes(page), []);
  assert.deepEqual(await axeViolations(page), []);

  // A live update brings UTC from the server; it must not show.
  await fetch(`${outcry.url}/api/v1/services/slack/reports`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  await page.waitForFunction(() => document.querySelector("#numbers td:nth-child(2)").textContent === "1");
  await zoned("GMT\\+5:30");
  assert.match(await page.locator("#numbers th").first().textContent(), /GMT\+5:30/);

  await page.goto(`${outcry.url}/de/s/slack`);
  assert.match(await fresh.innerText(), /Gezählt bis (\d+\. \S+ )?\d\d:\d\d GMT\+5:30/);
  await page.locator("#plot").focus();
  await page.waitForSelector("#plot canvas");
  await page.keyboard.press("End");
  const local = (await page.locator(".readout").innerText()).match(/\d\d:\d\d/)[0];
  await page.getByText("UTC", { exact: true }).last().click();
  await page.locator("#plot").focus();
  await page.keyboard.press("End");
  const utc = (await page.locator(".readout").innerText()).match(/\d\d:\d\d/)[0];
  const minutes = clock => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  assert.equal((minutes(local) - minutes(utc) + 1440) % 1440, 330);
  await page.goto(`${outcry.url}/s/slack`);
  await zoned("UTC");
  assert.equal((await fresh.innerText()).replace(/\d\d:\d\d/, ""), before.replace(/\d\d:\d\d/, ""));
  assert.deepEqual(page.trouble, []);
});

test("without JavaScript there is no switch that would do nothing", async () => {
  const page = await openPage(browser, { javaScript: false });
  await page.goto(`${outcry.url}/s/slack`);
  assert.equal(await page.locator("#zone-local").isVisible(), false);
  assert.equal(await page.locator(".later").isVisible(), false);
});
