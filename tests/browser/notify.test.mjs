// tests/browser/notify.test.mjs: targets, lines, messages, maintenance and silences by hand, without scripts, at any width.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeViolations, launch, openPage, overlappingBoxes, tooSmall } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

const session = "s".repeat(43);
const hash = execFileSync("python3", ["-c", `import hashlib; print(hashlib.blake2b(b"${session}", digest_size=32).hexdigest())`]).toString().trim();
let outcry, browser, receiver, state, heard = [];

before(async () => {
  state = mkdtempSync(join(tmpdir(), "outcry-notify-"));
  chmodSync(state, 0o755);
  receiver = createServer((request, response) => {
    heard.push(request.headers["webhook-id"]);
    request.resume().on("end", () => response.writeHead(204).end());
  });
  await new Promise(done => receiver.listen(0, "127.0.0.1", done));
  outcry = await startOutcry(["serve"], { OUTCRY_STATE_DIR: state, OUTCRY_OUTBOUND_ALLOW_NETWORKS: "127.0.0.0/8,::1" });
  execFileSync("psql", ["-q", "-d", `host=${state}/postgresql user=outcry dbname=outcry`, "-c",
    `with made as (insert into operator_user (name, role, made) values ('mara', 'operator', now()) returning id)
     insert into operator_session (hash, user_id, made, seen) select '\\x${hash}', id, now(), now() from made`]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await outcry?.stop();
  receiver?.close();
  if (state) rmSync(state, { recursive: true, force: true });
});

async function operator(options) {
  const page = await openPage(browser, options);
  await page.context().addCookies([{ name: "outcry_session", value: session, url: outcry.url }]);
  return page;
}

test("a target is added, told what to hear of, tested and read about, without scripts", async () => {
  const page = await operator({ width: 1280, javaScript: false });
  await page.goto(`${outcry.url}/admin/notifications`);
  await page.fill("#name", "Night shift");
  await page.fill("#address", "https://localhost/hook");
  await page.selectOption("#kind", "slack");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  // Allowed networks are reached, but nobody listens there with TLS; the shape alone is judged here.
  await page.waitForSelector("text=Night shift");

  await page.fill("#name", "Metadata");
  await page.fill("#address", "https://169.254.169.254/latest");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  assert.match(await page.locator("#address-wrong").textContent(), /cloud metadata/);
  assert.equal(await page.inputValue("#name"), "Metadata");

  await page.goto(`${outcry.url}/admin/notifications`);
  await page.fill("#name", "Receiver");
  await page.fill("#address", `http://127.0.0.1:${receiver.address().port}/`);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  assert.match(await page.locator("code.copy").textContent(), /^whsec_/);

  await page.goto(`${outcry.url}/admin/notifications`);
  await page.selectOption("#r-target", { label: "Receiver" });
  await page.getByRole("button", { name: "Add the line" }).click();
  await page.getByRole("link", { name: "Change Receiver: everything" }).click();
  await page.selectOption("#r-service", "gmail");
  await page.getByText("Severity, quiet hours, reminders, escalation").click();
  await page.fill("#r-remind", "1e3");
  await page.fill("#r-from", "22:00");
  await page.getByRole("button", { name: "Save" }).click();
  assert.match(await page.locator(".wrong").first().textContent(), /Write both times like 22:00/);
  assert.equal(await page.inputValue("#r-service"), "gmail");
  await page.fill("#r-from", "");
  await page.fill("#r-remind", "60");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "What it hears of" }).waitFor();  // of its target, where all its lines are
  assert.match(await page.getByRole("row", { name: /^Gmail/ }).innerText(), /every 1 h/);

  await page.goto(`${outcry.url}/admin/notifications`);
  await page.getByRole("button", { name: "Send a test Receiver" }).click();
  for (let tries = 0; heard.length === 0 && tries < 100; tries++) await page.waitForTimeout(100);
  assert.equal(heard.length, 1);
  await page.goto(`${outcry.url}/admin/notifications`);
  await page.getByRole("link", { name: "Test" }).first().click();
  await page.waitForSelector("text=Answered 204");
  assert.match(await page.locator("pre").first().textContent(), /If you can read this/);
  await page.getByRole("button", { name: "Send it again" }).click();
  for (let tries = 0; heard.length === 1 && tries < 100; tries++) await page.waitForTimeout(100);
  assert.equal(heard[1], heard[0], "the same message has the same id");
});

test("maintenance is announced and shown on the service's page; one that overlaps is refused beside its field", async () => {
  const page = await operator({ width: 390, javaScript: false });
  await page.goto(`${outcry.url}/admin/quiet`);
  const tomorrow = hour => `${new Date(Date.now() + 864e5).toISOString().slice(0, 10)}T${hour}`;
  const announce = async (from, to, title) => {
    await page.selectOption("#m-service", "gmail");
    await page.fill("#m-starts", from);
    await page.fill("#m-ends", to);
    await page.fill("#m-title", title);
    await page.getByRole("button", { name: "Announce it" }).click();
  };
  await announce(tomorrow("20:00"), tomorrow("22:00"), "New disks <b>");
  await page.waitForSelector("text=New disks <b>");
  await announce(tomorrow("21:00"), tomorrow("23:00"), "More disks");
  assert.match(await page.locator("#add-work .wrong").textContent(), /overlaps with “New disks <b>” by mara/);
  for (let tries = 0; tries < 40; tries++) {  // every node reads it at its next look
    await page.goto(`${outcry.url}/s/gmail`);
    if (await page.locator("#beside .is-maintenance").count()) break;
    await page.waitForTimeout(100);
  }
  assert.match(await page.locator("#beside").textContent(), /Planned maintenance: New disks <b>, from/);

  await page.goto(`${outcry.url}/admin/quiet`);
  await page.fill("#s-reason", "known, being worked on");
  await page.getByRole("button", { name: "Be silent" }).click();
  await page.getByRole("button", { name: "End it now Everything" }).click();
  await page.waitForSelector("text=None.");
});

/** Messages of every kind about an incident, to a target that wants to be left alone. */
function tellOfAnIncident() {
  execFileSync("psql", ["-q", "-d", `host=${state}/postgresql user=outcry dbname=outcry`, "-c",
    `insert into incident (id, service_id, settings_version, began, opened, revised, peak, peak_at, total, reason_until, reason_state, reason_observed,
         reason_expected, reason_low, reason_high, reason_score, reason_threshold, reason_since, reason_reports, reason_last_hour)
     select gen_random_uuid(), id, 1, at, at, at, 400, at, 1234, at, 'spike', 112, 3, 1, 9, 20, 10, at, 112, 112
     from service, date_trunc('minute', now()) at where slug = 'gmail';
     insert into notification (id, kind, incident_id, service_id, at, made)
     select gen_random_uuid(), 'incident.' || kind, id, service_id, opened, opened
     from incident, unnest('{opened,updated,reminder,escalated,merged,reopened}'::text[]) kind;
     insert into delivery (notification_id, target_id, incident_id, state, why, attempts, due, made)
     select n.id, t.id, incident_id, case n.kind when 'incident.updated' then 'failed' when 'incident.reminder' then 'cancelled' else 'waiting' end,
         case n.kind when 'incident.updated' then 'exhausted' when 'incident.reminder' then 'over' else '' end, 1, n.at, n.at
     from notification n, notification_target t where incident_id is not null and t.name = 'Night shift';
     update notification_target set asked_until = now() + interval '20 hours', failures = 1, failing_since = now() where name = 'Night shift'`]);
}

test("the pages are sound for everyone, in both appearances, on desk and phone", async () => {
  tellOfAnIncident();
  for (const scheme of ["light", "dark"])
    for (const width of [390, 768, 1280]) {
      const page = await operator({ width, scheme });
      for (const path of ["/admin/notifications", "/admin/notifications/2", "/admin/notifications/routes/1", "/admin/notifications/deliveries/1", "/admin/quiet"]) {
        await page.goto(outcry.url + path);
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${path.replaceAll("/", "_")}-${width}-${scheme}.png`, fullPage: true });
        const where = `${path} ${width} ${scheme}`;
        assert.deepEqual(await axeViolations(page), [], where);
        assert.deepEqual(await overlappingBoxes(page), [], where);
        assert.deepEqual(await tooSmall(page), [], where);
        assert.deepEqual(page.trouble, [], where);
        assert.doesNotMatch(await page.textContent("main"), /\{\{/, `${where} shows a template`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where} is too wide`);
      }
      await page.context().close();
    }
});
