// live.ts: while the page is open its numbers keep up: the event stream says that something changed, the page is fetched again.
import { waitBefore } from "./backoff.ts";
import { swapLiveParts } from "./swap.ts";
import { showTimes } from "./zone.ts";

const changes = ["counts", "state", "incident.opened", "incident.updated", "incident.closed", "reset"];
const shortest = 1000;  // milliseconds between two fetches of one reader

/** `status` carries the stream's address and the words to show: data-events, data-on, data-off. */
export function keepUp(page: Document, status: HTMLElement): void {
  let failures = 0, waiting = 0, last = 0, stream: EventSource | undefined;

  const say = (live: boolean) => { status.textContent = ` · ${(live ? status.dataset.on : status.dataset.off) ?? ""}`; };

  const refresh = async () => {
    waiting = 0;
    last = Date.now();
    const answer = await fetch(location.href, { cache: "no-cache", headers: { accept: "text/html" } }).catch(() => undefined);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    showTimes(fresh);
    swapLiveParts(page, fresh);
    page.dispatchEvent(new Event("outcry:fresh"));
  };

  /** Soon, but not at the same moment as every other reader. */
  const changed = () => {
    if (!waiting) waiting = window.setTimeout(refresh, Math.max(shortest - (Date.now() - last), 0) + Math.random() * 400);
  };

  const listen = () => {
    stream = new EventSource(status.dataset.events!);
    stream.onopen = () => {
      if (failures) changed();
      failures = 0;
      say(true);
    };
    for (const name of changes) stream.addEventListener(name, changed);
    stream.onerror = () => {
      stream!.close();
      say(false);
      setTimeout(listen, waitBefore(++failures, Math.random()));
    };
  };

  // A page kept for the back button must not hold its stream: it could not be kept at all.
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", event => { if (event.persisted) { changed(); listen(); } });
  listen();
}
