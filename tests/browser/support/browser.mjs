// support/browser.mjs: Chromium, and what is asked of every page in it.
import axe from "axe-core";
import { chromium } from "playwright-core";

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

/** A page that remembers what went wrong in it: `page.trouble` holds console errors and requests to other places. */
export async function openPage(browser, { width = 390, height = 844, scheme = "light", javaScript = true, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: javaScript, ...more });
  const page = await context.newPage();
  page.trouble = [];
  page.on("console", message => { if (message.type() === "error") page.trouble.push(`console: ${message.text()}`); });
  page.on("pageerror", error => page.trouble.push(`script: ${error.message}`));
  page.on("request", request => {
    const { hostname } = new URL(request.url());
    if (hostname !== "127.0.0.1") page.trouble.push(`third party: ${request.url()}`);
  });
  return page;
}

/** Violations of axe, each in one line. */
export async function axeViolations(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`));
}

/** Texts and controls whose boxes lie over each other, though neither is inside the other. */
export function overlappingBoxes(page) {
  return page.evaluate(() => {
    // What is skipped below the first screen has its place only once it is drawn.
    for (const late of document.querySelectorAll(".groups section")) late.style.contentVisibility = "visible";
    const wanted = "h1, h2, h3, p, a, button, input, textarea, select, summary, td, th, dt, dd, label, li > span, svg text, output";
    const seen = [...document.querySelectorAll(wanted)].filter(element => {
      if (element.closest(".vh, defs, [hidden]") || element.matches("input[type=radio], details:not([open]) > :not(summary) *")) return false;
      if (!element.textContent.trim() && !element.matches("input, textarea")) return false;
      return element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
    });
    const boxes = seen.map(element => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 1 && box.height > 1);
    const found = [], slack = 1.5;
    for (let i = 0; i < boxes.length; i++) {
      for (let j = i + 1; j < boxes.length; j++) {
        const a = boxes[i], b = boxes[j];
        if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > slack && down > slack) found.push(`"${a.element.textContent.trim().slice(0, 40)}" over "${b.element.textContent.trim().slice(0, 40)}"`);
      }
    }
    return found;
  });
}

/** What is smaller than a finger or hard to read; links inside a sentence are as tall as their line. */
export function tooSmall(page) {
  return page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll("a, button, input:not([type=radio]), textarea, summary, .chips label, .seg > *")) {
      if (element.closest(".vh, p:not(.links, .parts, .row), td, th, dd") || !element.checkVisibility()) continue;
      const { height, width } = element.getBoundingClientRect();
      const within = element.closest("h3") ? element.closest("li").getBoundingClientRect() : { height, width };
      if (within.height < 47.5 || within.width < 47.5) found.push(`${Math.round(within.width)}×${Math.round(within.height)} ${element.textContent.trim().slice(0, 40)}`);
    }
    for (const element of document.querySelectorAll("p, li, td, th, dd, dt, text, h1, h2, h3, label, button, textarea, input:not([type=radio])")) {
      const size = parseFloat(getComputedStyle(element).fontSize), least = element.closest("svg") ? 12 : element.matches(".small") ? 14 : element.closest("thead, .key") ? 14 : 16;
      if (size < least) found.push(`${size} px: ${element.textContent.trim().slice(0, 40)}`);
    }
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push("the page scrolls sideways");
    return found;
  });
}
