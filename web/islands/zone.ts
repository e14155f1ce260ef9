// zone.ts: times in UTC, as the server writes them, or in the reader's own zone. One switch; remembered; the zone is always named.
import { recall, remember } from "./memory.ts";

const day = 86_400_000;

/** Milliseconds that a clock in `zone` is ahead of UTC at that moment. */
export function ahead(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }).formatToParts(at);
  const n = (type: string) => Number(parts.find(part => part.type === type)!.value);
  return Date.UTC(n("year"), n("month") - 1, n("day"), n("hour"), n("minute"), n("second")) - Math.floor(at / 1000) * 1000;
}

/** What the server wrote as `was`, in another zone: a clock alone gets its day where that is another one there; a day alone stays, a year stays told. */
export function written(at: number, was: string, zone: string, language: string): string {
  if (!/\d:\d\d/.test(was)) return was;
  const clock = new Intl.DateTimeFormat(language, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const moved = Math.floor((at + ahead(at, zone)) / day) !== Math.floor(at / day);
  if (/^\d\d:\d\d$/.test(was) && !moved) return clock;
  return `${new Intl.DateTimeFormat(language, { timeZone: zone, day: "numeric", month: "short", ...(/\b\d{4}\b/.test(was) && { year: "numeric" }) }).format(at)} ${clock}`;
}

/** How far a mark of an axis moves, in milliseconds, to stand at a round time of the zone; at most half the way to the next mark. */
export function shift(at: number, step: number, zone: string): number {
  const over = ((ahead(at, zone) % step) + step) % step;
  return over > step / 2 ? step - over : 0 - over;
}

export function zoneName(at: number, zone: string, language: string): string {
  if (zone === "UTC") return zone;
  return new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "short" }).formatToParts(at).find(part => part.type === "timeZoneName")!.value;
}

/** Marks of a time axis: they move to round times of the zone, and say those. */
function showAxis(marks: SVGTextElement[], zone: string, language: string): void {
  const [first, second] = marks;
  if (!first) return;
  const at = (mark: Element) => Date.parse(mark.getAttribute("data-tick")!);
  for (const mark of marks) { mark.dataset.utc ??= mark.textContent!; mark.dataset.x ??= mark.getAttribute("x")!; }
  const step = second ? at(second) - at(first) : day;
  const perMs = second ? (parseFloat(second.dataset.x!) - parseFloat(first.dataset.x!)) / step : 0;
  const days = marks.some(mark => !/:/.test(mark.dataset.utc!));
  for (const mark of marks) {
    const by = zone === "UTC" ? 0 : shift(at(mark), step, zone), there = at(mark) + by, x = parseFloat(mark.dataset.x!) + by * perMs;
    const midnight = (there + ahead(there, zone)) % day === 0;
    mark.setAttribute("x", `${x.toFixed(1)}%`);
    mark.textContent = zone === "UTC" ? mark.dataset.utc! : x < 4 || x > 99 ? "" :
      new Intl.DateTimeFormat(language, { timeZone: zone, ...(days && midnight ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) }).format(there);
  }
}

/** Rewrites every time in `part`: <time>, marks of charts (data-t, data-tick), days (data-days) and the zone's name (data-zone). */
export function showTimes(part: ParentNode, zone = chosenZone()): void {
  const language = document.documentElement.lang.replace(/^en$/, "en-GB"), utc = zone === "UTC";  // 22 Jan, as the server writes
  let latest = Date.now();
  for (const element of part.querySelectorAll<HTMLElement | SVGElement>("time, [data-t], [data-zone], [data-days]")) {
    const was = element.dataset.utc ??= element.textContent!;
    const stamp = element.getAttribute("datetime") ?? element.dataset.t;
    const [from, to] = (element.dataset.days ?? "").split("/").map(Date.parse);
    if (stamp) element.textContent = utc ? was : written(latest = Date.parse(stamp), was, zone, language);
    else if (from && to) element.textContent = utc ? was : new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: "long" }).formatRange(from, to);
    else element.textContent = utc ? was : zoneName(latest, zone, language);
  }
  const axes = new Map<Element, SVGTextElement[]>();
  for (const mark of part.querySelectorAll<SVGTextElement>("[data-tick]")) axes.set(mark.parentElement!, [...axes.get(mark.parentElement!) ?? [], mark]);
  for (const marks of axes.values()) showAxis(marks, zone, language);
}

/** The zone that this reader wants to see. */
export function chosenZone(): string {
  return recall("zone") === "local" ? Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC" : "UTC";
}

/** The switch in the footer; it shows only where it works. The chart reads the choice from <html data-tz>. */
export function switchZone(page: Document): void {
  const local = page.querySelector<HTMLInputElement>("#zone-local");
  if (!local) return;
  const apply = () => {
    page.documentElement.dataset.tz = chosenZone();
    showTimes(page);
  };
  local.closest(".seg")!.classList.add("ready");
  if (recall("zone") === "local") { local.checked = true; apply(); }
  page.addEventListener("change", event => {
    const input = event.target as HTMLInputElement;
    if (input.name !== "zone") return;
    remember("zone", input.id.replace("zone-", ""));
    apply();
  });
}
