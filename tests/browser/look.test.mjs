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
  "home": "/", "service": "/s/microsoft-365", "a month of a service": "/s/gmail?range=30d",
  "thank-you": "/s/outlook/thanks?step=counted", "details added": "/s/outlook/thanks?step=added", "works for me": "/s/outlook/thanks?step=works",
  "search": "/?q=outluk", "search that finds nothing": "/?q=qqqqqqqq", "incidents": "/incidents",
  "method": "/about/method", "privacy": "/privacy", "not found": "/s/outluk", "no such address": "/nothing/here",
};

for (const [name, path] of Object.entries(pages)) {
  for (const javaScript of [true, false]) {
    test(`${name}, JavaScript ${javaScript ? "on" : "off"}`, async () => {
      for (const width of [360, 390, 768, 1280]) {
        for (const scheme of ["light", "dark"]) {
          const page = await openPage(browser, { width, scheme, javaScript });
          const answer = await page.goto(outcry.url + path);
          const expected = [404].includes(answer.status()) ? page.trouble.filter(line => !line.includes("404")) : page.trouble;
          const at = `${width} ${scheme}`;
          if (javaScript) assert.deepEqual(await axeViolations(page), [], `${at}: axe`);
          assert.deepEqual(await overlappingBoxes(page), [], `${at}: boxes over each other`);
          assert.deepEqual(await tooSmall(page), [], `${at}: too small`);
          assert.deepEqual(expected, [], `${at}: trouble`);
          await page.context().close();
        }
      }
    });
  }
}

test("the report button is in the first phone screen", async () => {
  const page = await openPage(browser, { width: 390, height: 664 });  // what is left of 844 between a browser's bars
  await page.goto(`${outcry.url}/s/microsoft-365`);
  const box = await page.getByRole("button", { name: "I have a problem" }).boundingBox();
  assert.ok(box.height >= 56, `${box.height} px high`);
  assert.ok(box.y + box.height <= 664, `ends at ${box.y + box.height} px`);
});

test("what is wrong with an address is said in a page of the right status", async () => {
  for (const [path, method, status] of [["/s/outluk", "GET", 404], ["/s/outlook/report", "GET", 405], ["/i/none", "GET", 404], ["/s/outlook/report", "POST", 415]]) {
    const answer = await fetch(outcry.url + path, { method, headers: { accept: "text/html", "content-type": "text/plain" }, body: method === "POST" ? "x" : undefined });
    assert.equal(answer.status, status, `${method} ${path}`);
    assert.match(answer.headers.get("content-type"), /^text\/html/, `${method} ${path}`);
    assert.match(await answer.text(), /<h1>/);
  }
});
