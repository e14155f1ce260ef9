// maintenance.test.mjs: work announced on a service whose users report problems all the same: both are said, wherever the service is shown;
// and one outage at several services told as one.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { axeViolations, launch, openPage, overlappingBoxes, tooSmall } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

const pictures = process.env.OUTCRY_PICTURES;  // a folder to keep what was looked at
let outcry, browser, folder, merged;

const read = async path => (await fetch(outcry.url + path)).json();

async function until(what, wanted) {
  for (const deadline = Date.now() + 300_000; Date.now() < deadline; await pause(300)) {
    const found = await wanted();
    if (found) return found;
  }
  assert.fail(`never came to: ${what}`);
}

function sql(statement) {
  const [demo] = readdirSync(folder).filter(name => name.startsWith("outcry-demo"));
  return execFileSync("psql", ["-qAt", "-d", `host=${join(folder, demo)}/postgresql user=outcry dbname=outcry`, "-c", statement]).toString().trim();
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "outcry-maintenance-"));
  chmodSync(folder, 0o755);
  [outcry, browser] = await Promise.all([startOutcry(["demo", "--speed", "120", "--state-dir", folder]), launch()]);
  await until("two incidents", async () => (await read("/api/v1/services/microsoft-365")).state === "spike" && (await read("/api/v1/incidents?state=open")).data.length > 1);
  sql(`insert into maintenance (service_id, starts, ends, title, by_whom, made)
    select service.id, complete_until + a, complete_until + b, title, 'mara', complete_until
    from tally_state, service, (values (interval '-40 minutes', interval '30 hours', 'Moving mailboxes to new disks'),
                                       (interval '80 hours', interval '82 hours', 'Certificates are renewed')) as w (a, b, title)
    where slug = 'microsoft-365'`);
  const [whole, part] = (await read("/api/v1/incidents?state=open")).data.map(incident => incident.id).reverse();
  sql(`insert into incident_merge (incident_id, into_id, by_whom, made) select '${part}', '${whole}', 'mara', complete_until from tally_state`);
  merged = { whole, part };
  await until("the window", async () => (await read("/api/v1/services/microsoft-365")).state === "maintenance");
});

after(async () => {
  await browser?.close();
  await outcry?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function looksRight(name, path, ...says) {
  const page = await openPage(browser);
  await page.goto(outcry.url + path);
  const text = await page.locator("body").innerText();
  for (const each of says) assert.match(text, each);
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    assert.deepEqual(await overlappingBoxes(page), [], `${path} ${width}: boxes over each other`);
    assert.deepEqual(await tooSmall(page), [], `${path} ${width}: too small`);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await axeViolations(page), [], `${path} ${width} ${colorScheme}: axe`);
      if (pictures) {
        mkdirSync(pictures, { recursive: true });
        await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`) });
      }
    }
  }
  assert.deepEqual(page.trouble, [], path);
  await page.context().close();
}

test("the page says what is being done, until when, what is ahead, and what users report meanwhile", () =>
  looksRight("service", "/s/microsoft-365", /Planned maintenance/, /Maintenance is planned until .*: Moving mailboxes to new disks\./, /reports in 15 minutes/, /Certificates are renewed, from/));

test("in German too", () => looksRight("service-de", "/de/s/microsoft-365", /Geplante Wartung/, /Moving mailboxes/, /Meldungen/));

test("the front page keeps the rise among those that rise, and lists the work", () =>
  looksRight("home", "/", /Planned maintenance · Spike in reports/, /Moving mailboxes to new disks, until/));

test("so does the card for other sites", () => looksRight("embed", "/embed/microsoft-365", /Planned maintenance until/, /reports in 15 minutes/));

test("the chart under the reader's hand is tinted as the drawing is", async () => {
  const page = await openPage(browser, { width: 1280 });
  await page.goto(`${outcry.url}/s/microsoft-365`);
  assert.equal(await page.locator("#plot .work").count(), 1);
  await page.locator("#plot").focus();
  await page.waitForSelector("#plot canvas");
  assert.deepEqual(page.trouble, []);
  await page.context().close();
});

test("a part of another incident says so on its page and in the archive", async () => {
  await looksRight("part", `/i/${merged.part}`, /it is told as a part of the incident of/);
  await looksRight("whole", `/i/${merged.whole}`, /Told as parts of this incident/);
  await looksRight("archive", "/incidents", /part of /, /with /);
});
