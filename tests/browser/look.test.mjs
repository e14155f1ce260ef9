// look.test.mjs: every kind of page, at phone and desk width, light and dark, with and without JavaScript: nothing overlaps,
// nothing is too small, axe finds nothing, nobody else is asked for anything.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, launch, openPage, overlappingBoxes, tooSmall } from "./support/browser.mjs";
import { startOutcry } from "./support/outcry.mjs";

let outcry, browser;
before(async () => { [outcry, browser] = await Promise.all([startOutcry(), launch()]); });
after(async () => { await browser?.close(); await outcry?.stop(); });

const pages = {
  "home": "/", "service": "/s/microsoft-365", "a month of a service": "/s/gmail?range=30d", "a year of a service": "/s/gmail?range=1y",
  "thank-you": "/s/outlook/thanks?step=counted", "details added": "/s/outlook/thanks?step=added", "works for me": "/s/outlook/thanks?step=works",
  "search": "/?q=outluk", "search that finds nothing": "/?q=qqqqqqqq", "incidents": "/incidents",
  "share": "/s/microsoft-365/share", "embed": "/embed/microsoft-365",
  "incidents, filtered": "/incidents?q=mail&state=open",
  "method": "/about/method", "privacy": "/privacy", "developers": "/developers", "reference": "/api/docs", "reference, a group": "/api/docs/services", "reference, operators": "/api/docs/operators-notifications", "not found": "/s/outluk", "no such address": "/nothing/here",
};

for (const [name, path] of Object.entries(pages)) {
  for (const javaScript of [true, false]) {
    test(`${name}, JavaScript ${javaScript ? "on" : "off"}`, async () => {
      const page = await openPage(browser, { javaScript });
      const answer = await page.goto(outcry.url + path);
      for (const width of [360, 390, 768, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        assert.deepEqual(await overlappingBoxes(page), [], `${width}: boxes over each other`);
        assert.deepEqual(await tooSmall(page), [], `${width}: too small`);
        for (const colorScheme of width === 390 ? [] : ["light", "dark"]) {  // colours do not change between 360 and 390
          await page.emulateMedia({ colorScheme });
          if (javaScript) assert.deepEqual(await axeViolations(page), [], `${width} ${colorScheme}: axe`);
        }
      }
      const trouble = answer.status() === 404 ? page.trouble.filter(line => !line.includes("404")) : page.trouble;
      assert.deepEqual(trouble, []);
      await page.context().close();
    });
  }
}

// The same pages with longer words: German and Spanish.
for (const path of ["/de/", "/de/s/microsoft-365?range=7d", "/de/s/outlook/thanks?step=counted", "/de/s/outluk", "/de/incidents", "/de/about/method", "/es/", "/es/s/microsoft-365", "/es/s/outlook/thanks?step=added", "/es/privacy"]) {
  test(`in another language: ${path}`, async () => {
    const page = await openPage(browser);
    await page.goto(outcry.url + path);
    for (const width of [360, 390, 768, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      assert.deepEqual(await overlappingBoxes(page), [], `${width}: boxes over each other`);
      assert.deepEqual(await tooSmall(page), [], `${width}: too small`);
    }
    assert.deepEqual(await axeViolations(page), []);
    await page.context().close();
  });
}

test("the archive is filtered by its form without a script, and the form keeps what was asked", async () => {
  const page = await openPage(browser, { javaScript: false });
  await page.goto(`${outcry.url}/incidents`);
  await page.getByLabel("Service or words").fill("ärger & <b>");
  await page.getByLabel("State").selectOption("closed");
  await page.getByRole("button", { name: "Show" }).click();
  assert.equal(new URL(page.url()).searchParams.get("q"), "ärger & <b>");
  assert.equal(await page.getByLabel("Service or words").inputValue(), "ärger & <b>");
  assert.equal(await page.getByLabel("State").inputValue(), "closed");
  assert.match(await page.locator("main").innerText(), /No incident fits/);
  await page.getByRole("link", { name: "All incidents" }).click();
  assert.equal(new URL(page.url()).search, "");
});

test("the report button is in the first phone screen", async () => {
  const page = await openPage(browser, { width: 390, height: 664 });  // what is left of 844 between a browser's bars
  await page.goto(`${outcry.url}/s/microsoft-365`);
  const box = await page.getByRole("button", { name: "I have a problem" }).boundingBox();
  assert.ok(box.height >= 56, `${box.height} px high`);
  assert.ok(box.y + box.height <= 664, `ends at ${box.y + box.height} px`);
});

test("what is wrong with an address is said in a page of the right status", async () => {
  for (const [path, method, status] of [["/s/outluk", "GET", 404], ["/s/outlook/report", "GET", 405], ["/i/none", "GET", 404], ["/incidents?state=burning", "GET", 404], ["/incidents?year=soon", "GET", 404], ["/s/outlook/report", "POST", 415]]) {
    const answer = await fetch(outcry.url + path, { method, headers: { accept: "text/html", "content-type": "text/plain" }, body: method === "POST" ? "x" : undefined });
    assert.equal(answer.status, status, `${method} ${path}`);
    assert.match(answer.headers.get("content-type"), /^text\/html/, `${method} ${path}`);
    assert.match(await answer.text(), /<h1>/);
  }
});

test("these checks see what is wrong: a box over another, a small target, too little contrast", async () => {
  const page = await openPage(browser);
  await page.goto(`${outcry.url}/privacy`);
  await page.evaluate(() => {
    const bad = document.querySelector("main").appendChild(document.createElement("button"));
    bad.textContent = "Over it";
    Object.assign(bad.style, { position: "absolute", top: "150px", left: "20px", font: "11px sans-serif", color: "#999", background: "#aaa" });
  });
  assert.ok((await overlappingBoxes(page)).some(line => line.includes("Over it")));
  assert.ok((await tooSmall(page)).some(line => line.includes("Over it")));
  assert.ok((await axeViolations(page)).some(line => line.startsWith("color-contrast") && line.includes("Over it")));
});
