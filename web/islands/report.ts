// report.ts: sends the report forms in place. What comes back is the page that the form alone would have led to.
import { clientToken } from "./token.ts";
import { showTimes } from "./zone.ts";

/** Takes over every form marked data-report, those that arrive with an answer too. */
export function reportInPlace(page: Document): void {
  // A thank-you page that was loaded as a page belongs to a tap without a token; with one, this would be a second person.
  const anonymous = page.getElementById("answer") !== null;
  page.addEventListener("focusin", event => {  // the token is under way before the tap is done
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-report]");
    if (form && !anonymous) void clientToken(form.dataset.report!);
  });
  page.addEventListener("submit", async event => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (!button || !form.matches("form[data-report]")) return;  // a browser that does not tell which button was pressed sends the form itself
    event.preventDefault();
    const fields = new FormData(form);
    if (button.name) fields.set(button.name, button.value);  // browsers before 2023 take no button into FormData
    for (const each of form.querySelectorAll("button")) each.disabled = true;
    const token = anonymous ? "" : await clientToken(form.dataset.report!);
    if (token) fields.set("client", token);
    const body = new URLSearchParams([...fields].map(([name, value]) => [name, String(value)]));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
      show(page, form, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      for (const each of form.querySelectorAll("button")) each.disabled = false;
      form.removeAttribute("data-report");  // the network failed: the browser itself says so best
      form.requestSubmit(button);
    }
  });
}

/** Puts the answer where the form stood, one heading level lower, and moves the reader there. */
function show(page: Document, form: HTMLFormElement, fresh: Document): void {
  const answer = fresh.getElementById("answer");
  if (!answer) { location.assign(form.action.replace(/\/report$/, "")); return; }
  for (const title of answer.querySelectorAll("h1")) {
    const lower = fresh.createElement("h2");
    lower.append(...title.childNodes);
    title.replaceWith(lower);
  }
  showTimes(answer);
  const place = form.closest<HTMLElement>("#answer") ?? form;
  answer.tabIndex = -1;
  place.replaceWith(page.adoptNode(answer));
  answer.focus();
}
