// screenshots.mjs: pictures of the demo for the documentation: node screenshots.mjs FOLDER. Waits for its outage to rise.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { launch, openPage } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

const folder = process.argv[2] ?? "docs/pictures";
const speed = process.env.OUTCRY_DEMO_SPEED ?? "120";
mkdirSync(folder, { recursive: true });

const outcry = await startOutcry(["demo", "--speed", speed]);
const browser = await launch();
const service = async () => (await (await fetch(`${outcry.url}/api/v1/services/microsoft-365`)).json());

/** Waits until the service stands like this, asking twice a second. */
async function until(what, wanted, minutes = 15) {
  for (const deadline = Date.now() + minutes * 60_000; Date.now() < deadline; await pause(500)) {
    if (wanted(await service())) return;
  }
  throw new Error(`the demo never came to: ${what}`);
}

/** `touch` does something to the page before it is photographed. */
async function shoot(name, path, { width = 1280, height = 900, scheme = "light", fullPage = false, touch } = {}) {
  const page = await openPage(browser, { width, height, scheme });
  await page.goto(outcry.url + path, { waitUntil: "load" });
  await touch?.(page);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
  await page.context().close();
  console.log(`${name}.png`);
}
const phone = { width: 390, height: 844 };

/** A picture that the server itself draws, as it comes. */
async function keep(name, path) {
  const answer = await fetch(outcry.url + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  writeFileSync(join(folder, name), Buffer.from(await answer.arrayBuffer()));
  console.log(name);
}

try {
  await until("a spike", now => now.state === "spike" && now.reports_15m > 12_000);
  await shoot("home-1280-light", "/");
  await shoot("service-1280-light", "/s/microsoft-365", { fullPage: true });
  await shoot("service-390-light", "/s/microsoft-365", { ...phone, fullPage: true });
  await keep("preview.png", "/s/microsoft-365/preview.png");
  await shoot("embed-390-light", "/embed/microsoft-365", { width: 390, height: 260 });
  await shoot("embed-390-dark", "/embed/microsoft-365", { width: 390, height: 260, scheme: "dark" });
  const { incident: open } = await service();
  await shoot("incident-open-390-light", `/i/${open.id}`, { ...phone, fullPage: true });
  await shoot("home-1280-dark", "/", { scheme: "dark" });
  await shoot("home-390-light", "/", phone);
  await shoot("service-390-dark", "/s/microsoft-365", { ...phone, scheme: "dark" });
  await shoot("service-german-390-light", "/de/s/microsoft-365", phone);
  await shoot("chart-1280-light", "/s/microsoft-365", { touch: async page => {
    await page.locator("#plot").focus();
    await page.waitForSelector("#plot canvas");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
  } });
  await shoot("report-390-light", "/s/outlook", { ...phone, touch: async page => {
    await page.getByRole("button", { name: "I have a problem" }).click();
    await page.waitForSelector("#answer");
  } });
  await until("easing off", now => now.state === "recovering");
  await shoot("service-recovering-1280-dark", "/s/microsoft-365", { scheme: "dark", fullPage: true });
  await shoot("home-recovering-390-dark", "/", { ...phone, scheme: "dark" });
  const { incident } = await service();
  await shoot("incident-1280-light", `/i/${incident.id}`, { fullPage: true });
  await shoot("embed-recovering-390-light", "/embed/microsoft-365", { width: 390, height: 260 });
  await keep("preview-recovering.png", "/s/microsoft-365/preview.png?v=recovering");
} finally {
  await browser.close();
  await outcry.stop();
}
