// tune.ts: while a dial moves, the same page is asked for the new draft and the parts that tell of it are put in place.
import { fromPlace, toPlace } from "./scale.ts";

const form = document.querySelector<HTMLFormElement>("#dials");
if (form) tune(document, form);

/** The parts of `open` marked data-live, by id, as they are in `fresh`; focus stays on what has the same id. */
export function swap(open: Document, fresh: Document): void {
  const focused = open.activeElement?.id;
  for (const part of open.querySelectorAll<HTMLElement>("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (next && next.innerHTML !== part.innerHTML) part.replaceChildren(...next.childNodes);
  }
  if (focused && open.activeElement?.id !== focused) open.getElementById(focused)?.focus();
}

function tune(page: Document, dials: HTMLFormElement): void {
  const sentence = page.getElementById("sentence")!;
  let asking = false, again = 0;

  const put = async (answer: Response) => {
    if (!answer.headers.get("content-type")?.startsWith("text/html")) throw new Error(String(answer.status));
    swap(page, new DOMParser().parseFromString(await answer.text(), "text/html"));
  };
  const say = (words: string) => { sentence.querySelector("p")!.textContent = words; };

  /** One question at a time: what changes meanwhile is asked when its answer is there, so a drag shows every step it can. */
  const ask = async () => {
    window.clearTimeout(again);
    again = 0;
    if (!dials.checkValidity()) return;
    if (asking) { again = window.setTimeout(ask, 30); return; }
    asking = true;
    sentence.setAttribute("aria-busy", "true");
    const address = new URL(dials.action);
    for (const [name, value] of new FormData(dials)) address.searchParams.append(name, String(value));
    try {
      await put(await fetch(address, { headers: { accept: "text/html" } }));
      history.replaceState(null, "", address);
    } catch {
      say(dials.dataset.lost!);
    } finally {
      asking = false;
      sentence.removeAttribute("aria-busy");
    }
  };
  const soon = () => { window.clearTimeout(again); again = window.setTimeout(ask, 60); };

  for (const slider of dials.querySelectorAll<HTMLInputElement>("input[data-for]")) {
    const number = page.getElementById(slider.dataset.for!) as HTMLInputElement;
    const scale = { least: Number(number.min), most: Number(number.max), logarithmic: slider.dataset.scale === "log", whole: number.step === "1" };
    const follow = () => {
      slider.value = String(toPlace(Number(number.value), scale));
      slider.setAttribute("aria-valuetext", `${number.value} ${number.nextElementSibling?.textContent ?? ""}`);
    };
    follow();
    slider.hidden = false;
    slider.addEventListener("input", () => {
      number.value = String(fromPlace(Number(slider.value), scale));
      slider.setAttribute("aria-valuetext", `${number.value} ${number.nextElementSibling?.textContent ?? ""}`);
      soon();
    });
    number.addEventListener("input", () => { follow(); soon(); });
  }
  dials.addEventListener("submit", event => { event.preventDefault(); void ask(); });

  // A label is kept at once, and the sentence counts it, without the page being left.
  page.addEventListener("submit", async event => {
    const labels = event.target as HTMLFormElement;
    if (labels.id !== "labels") return;
    event.preventDefault();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(labels)) body.append(name, String(value));
    const button = event.submitter as HTMLButtonElement;
    body.append(button.name, button.value);
    try {
      await put(await fetch(labels.action, { method: "POST", body, headers: { accept: "text/html" } }));
    } catch {
      say(dials.dataset.lost!);
    }
  });
}
