// operator.test.mjs: from the first start to the last sign-out: setup link, sign-in, console, an incident, users, tokens, audit;
// each page at phone and desk width, light and dark, and the way in without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launch, openPage } from "./support/browser.mjs";
import { looksRight, name, password, setupLink, signIn } from "./support/operator.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser, setup;
before(async () => {
  [outcry, browser] = await Promise.all([startOutcry(["demo", "--speed", "120"]), launch()]);
  setup = await setupLink(outcry);
});
after(async () => { await browser?.close(); await outcry?.stop(); });

test("the setup link makes the first admin and leads to the console, without JavaScript", async () => {
  const page = await openPage(browser, { javaScript: false });
  await page.goto(setup);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("New password").fill("password1234");
  await page.getByLabel("The same once more").fill("password1234");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  assert.match(await page.getByRole("alert").innerText(), /tried first/);
  await page.getByLabel("New password").fill(password);
  await page.getByLabel("The same once more").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await page.waitForURL(`${outcry.url}/admin`);
  assert.equal(await page.locator("h1").innerText(), "Overview");
  const [cookie] = await page.context().cookies();
  assert.ok(cookie.httpOnly && cookie.sameSite === "Lax");
  await page.goto(setup);
  assert.equal(await page.locator("h1").innerText(), "This link has been used");
  await page.context().close();
});

test("pages of signing in look right", async () => {
  const page = await openPage(browser);
  await page.goto(`${outcry.url}/admin/users`);
  assert.equal(new URL(page.url()).pathname, "/admin/sign-in");  // asked first, and comes back afterwards
  await looksRight(page);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  assert.match(await page.getByRole("alert").innerText(), /name or the password is wrong/);
  await looksRight(page);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${outcry.url}/admin/users`);
  await page.context().close();
});

test("an incident is acknowledged and annotated by keyboard, and both are in the audit log", async () => {
  const page = await openPage(browser, { width: 1280 });
  await signIn(page, outcry);
  const acknowledge = page.getByRole("button", { name: /^Acknowledge / }).first();
  for (let i = 0; i < 60 && !await acknowledge.isVisible(); i++) {  // the demo's outage begins some minutes of its clock after the start
    await pause(500);
    await page.reload();
  }
  const service = (await acknowledge.getAttribute("aria-label")).replace("Acknowledge ", "");
  await looksRight(page);
  await page.setViewportSize({ width: 1280, height: 844 });
  await acknowledge.focus();
  await page.keyboard.press("Enter");
  await page.getByText(`Acknowledged by ${name}`).first().waitFor();

  await page.getByRole("link", { name: service, exact: true }).click();
  await page.waitForURL(/\/admin\/incidents\//);
  await looksRight(page);
  await page.locator("#annotate-why").fill("The provider has found the cause.");
  await page.getByRole("button", { name: "Add the note" }).click();
  await page.getByRole("cell", { name: "The provider has found the cause." }).waitFor();
  await page.getByRole("link", { name: "Public page" }).click();
  await page.getByText("The provider has found the cause.").waitFor();

  await page.goto(`${outcry.url}/admin/audit?what=incident`);
  await page.getByRole("cell", { name: "incident.acknowledge" }).waitFor();
  await page.getByRole("cell", { name: "incident.annotate" }).waitFor();
  await looksRight(page);
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

test("a user and a token are made, and shown once", async () => {
  const page = await openPage(browser);
  await signIn(page, outcry);
  await page.goto(`${outcry.url}/admin/users`);
  await page.getByLabel("Name").fill("jo");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  assert.match(await page.getByRole("status").innerText(), /\/admin\/link\//);
  await looksRight(page);
  await page.goto(`${outcry.url}/admin/tokens`);
  await page.getByLabel("Name").fill("grafana");
  await page.getByRole("button", { name: "Make it" }).click();
  assert.match(await page.getByRole("alert").innerText(), /at least one/);
  await page.getByLabel(/^read/).check();
  await page.getByRole("button", { name: "Make it" }).click();
  assert.match(await page.getByRole("status").innerText(), /outcry_/);
  await looksRight(page);
  await page.context().close();
});

test("signing out everywhere ends the other browser too", async () => {
  const [one, other] = [await openPage(browser), await openPage(browser)];
  await signIn(one, outcry);
  await signIn(other, outcry);
  await one.goto(`${outcry.url}/admin/account`);
  await looksRight(one);
  await one.getByRole("button", { name: "Sign out everywhere" }).click();
  await one.waitForURL(`${outcry.url}/admin/sign-in`);
  await other.goto(`${outcry.url}/admin`);
  assert.equal(new URL(other.url()).pathname, "/admin/sign-in");
  for (const page of [one, other]) await page.context().close();
});
