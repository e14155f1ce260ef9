// chart.ts: the chart under the reader's hand: the same picture on a canvas, with a cursor for pointer and arrow keys.
import uPlot from "uplot";
import { draw, move, type Columns, type Drawn } from "./columns.ts";

/** Replaces the drawing in `plot` by one that answers; `plot` carries addresses and words as data-attributes. */
export async function explore(plot: HTMLElement): Promise<void> {
  const still = plot.querySelector<HTMLElement>(".plot");
  if (!still || "held" in plot.dataset) return;
  plot.dataset.held = "";
  try {
    const [columns] = await Promise.all([load(plot), style(plot.dataset.css!)]);
    mount(plot, still, columns);
  } catch {
    delete plot.dataset.held;  // the drawing stays as it was
  }
}

async function load(plot: HTMLElement): Promise<Columns> {
  const answer = await fetch(plot.dataset.series!, { headers: { accept: "application/json" }, cache: "no-cache" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function style(address: string): Promise<unknown> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
  return new Promise((done, failed) => { link.onload = done; link.onerror = failed; });
}

function mount(plot: HTMLElement, still: HTMLElement, first: Columns): void {
  const language = document.documentElement.lang.replace(/^en$/, "en-GB");  // 22 Jan, as the server writes
  const number = new Intl.NumberFormat(language), brief = new Intl.NumberFormat(language, { notation: "compact" });
  const inZone = (at: number) => uPlot.tzDate(new Date(at * 1000), document.documentElement.dataset.tz ?? "UTC");  // zone.ts keeps the reader's choice there
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
  const statements = marked(still, plot);
  const spans = shadedSpans(still, plot, ".inc"), works = shadedSpans(still, plot, ".work");
  const probe = plot.appendChild(document.createElement("i"));
  const color = (wanted: string) => {  // a canvas knows no custom properties: ask what they come to, light or dark
    probe.style.color = wanted;
    return getComputedStyle(probe).color;
  };
  const said = document.createElement("output");
  said.className = "readout";
  const box = document.createElement("div");
  box.className = "explore";
  box.dir = "ltr";
  let columns = first, drawn = draw(first);

  const when = (i: number) => {
    const at = inZone(drawn.at[i]! - columns.step_s / 2);
    if (columns.step_s >= 86_400) return day.format(at);
    return columns.reports.length * columns.step_s > 90_000 ? `${day.format(at)} ${clock.format(at)}` : clock.format(at);
  };
  const say = (i: number | null | undefined) => {
    said.textContent = i == null ? "" :
      `${when(i)} · ${plot.dataset.reports} ${number.format(columns.reports[i]!)} · ${plot.dataset.usual} ${number.format(Math.round(drawn.expected[i]!))}` +
      (columns.works[i] ? ` · ${plot.dataset.works} ${number.format(columns.works[i]!)}` : "");
  };
  const tick = (value: number) => {
    const at = inZone(value), [from, to] = edges(plot);
    if (value - from < (to - from) * .04) return "";  // it would be cut off at the edge
    return at.getHours() || at.getMinutes() ? clock.format(at) : day.format(at);
  };

  const hidden = { show: false }, incrs = [1, 10, 100, 1e3, 1e4, 1e5, 1e6].flatMap(ten => [ten, 2 * ten, 5 * ten]);
  const chart = new uPlot({
    ...size(plot, still),
    padding: [20, 0, 0, 0],
    legend: hidden,
    cursor: { y: false, drag: { x: false, y: false }, points: hidden },
    tzDate: inZone,
    scales: { x: { range: () => edges(plot) }, y: { range: () => [0, drawn.top] } },
    axes: [
      { stroke: () => color("var(--soft)"), font: "13px system-ui", grid: hidden, ticks: hidden, size: 30, space: 64, values: (_, ticks) => ticks.map(tick) },
      { stroke: () => color("var(--soft)"), font: "13px system-ui", side: 1, size: 52, gap: 8, space: 44, ticks: hidden, grid: { stroke: () => color("var(--line)"), width: 1 }, incrs, values: (_, ticks) => ticks.map(value => brief.format(value).toLowerCase()) },
    ],
    series: [
      {},
      { points: hidden, stroke: "transparent" },
      { points: hidden, stroke: "transparent" },
      { points: hidden, stroke: "transparent" },
      { points: hidden, stroke: "transparent" },
      { points: hidden, stroke: () => color("var(--usual)"), width: 1, dash: [5, 4] },
      { points: hidden, stroke: () => color("var(--works)"), width: 1.75, dash: [1, 4] },
      { points: hidden, stroke: () => color("var(--ink)"), width: 2.25 },
    ],
    bands: [
      { series: [1, 2], fill: () => color("var(--band)") },
      { series: [3, 4], fill: () => color("color-mix(in srgb, var(--excess) 26%, transparent)") },
    ],
    hooks: {
      drawClear: [u => shade(u, spans, color("var(--excess)"), .09), u => shade(u, works, color("var(--hold)"), .12)],
      draw: [u => hatch(u, drawn, color("var(--soft)")), u => diamonds(u, statements, color("var(--card)"), color("var(--link)"))],
      setCursor: [u => say(u.cursor.idx)],
    },
  }, aligned(drawn), box);

  still.hidden = true;
  plot.prepend(said, box);
  plot.addEventListener("keydown", event => {
    const to = move(event.key, chart.cursor.idx ?? null, drawn.at.length);
    if (to === undefined) return;
    event.preventDefault();
    said.setAttribute("aria-live", "polite");
    chart.setCursor({ left: chart.valToPos(drawn.at[to]!, "x"), top: 0 });
  });
  plot.addEventListener("pointermove", () => said.setAttribute("aria-live", "off"));
  document.addEventListener("outcry:fresh", async () => {
    const before = columns.complete_until, last = spans.at(-1);
    columns = await load(plot).catch(() => columns);
    drawn = draw(columns);
    if (last && before && columns.complete_until && last[1] >= seconds(before) - 60) last[1] = seconds(columns.complete_until);  // still open
    chart.setData(aligned(drawn));
  });
  document.addEventListener("change", () => { chart.redraw(false, true); say(chart.cursor.idx); });  // light or dark, UTC or local
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.redraw());
  new ResizeObserver(() => { const { width, height } = size(plot, still); if (width !== chart.width) chart.setSize({ width, height }); }).observe(plot);
}

const seconds = (at: string) => Date.parse(at) / 1000;

const aligned = (d: Drawn): uPlot.AlignedData => [d.at, d.high, d.low, d.above, d.aboveFrom, d.expected, d.works, d.counted];

/** As large as the still drawing with its labels; it is hidden once the chart stands, so its height is remembered. */
function size(plot: HTMLElement, still: HTMLElement): { width: number; height: number } {
  if (!still.hidden) plot.dataset.height = String(still.offsetHeight);
  return { width: plot.clientWidth, height: Number(plot.dataset.height) + 20 + 30 };
}

const edges = ({ dataset }: HTMLElement): [number, number] => [seconds(dataset.from!), seconds(dataset.to!)];

/** When incidents or windows of maintenance lasted, in seconds, read from the still drawing, which has them in percent. */
function shadedSpans(still: HTMLElement, plot: HTMLElement, kind: string): [number, number][] {
  const [from, to] = edges(plot);
  return [...still.querySelectorAll(kind)].map(rect => {
    const x = parseFloat(rect.getAttribute("x")!) / 100, width = parseFloat(rect.getAttribute("width")!) / 100;
    return [from + x * (to - from), from + (x + width) * (to - from)];
  });
}

/** When the provider spoke, in seconds, read from the still drawing. */
function marked(still: HTMLElement, plot: HTMLElement): number[] {
  const [from, to] = edges(plot);
  return [...still.querySelectorAll(".told")].map(mark => from + parseFloat(mark.getAttribute("x")!) / 100 * (to - from));
}

function diamonds(u: uPlot, at: number[], fill: string, stroke: string): void {
  const { ctx, bbox } = u, size = 6 * devicePixelRatio, top = bbox.top + bbox.height - size;
  ctx.save();
  ctx.fillStyle = fill;
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 2 * devicePixelRatio;
  for (const time of at) {
    const diamond = new Path2D(`M${u.valToPos(time, "x", true)} ${top}l${size} ${size} ${-size} ${size} ${-size} ${-size}z`);
    ctx.fill(diamond);
    ctx.stroke(diamond);
  }
  ctx.restore();
}

function shade(u: uPlot, spans: [number, number][], color: string, strength: number): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.globalAlpha = strength;
  ctx.fillStyle = color;
  for (const [from, to] of spans) {
    const left = u.valToPos(from, "x", true);
    ctx.fillRect(left, bbox.top, u.valToPos(to, "x", true) - left, bbox.height);
  }
  ctx.restore();
}

function hatch(u: uPlot, drawn: Drawn, color: string): void {
  if (!drawn.running) return;
  const { ctx, bbox } = u, { from, to, count } = drawn.running;
  const left = u.valToPos(from, "x", true), right = u.valToPos(to, "x", true);
  const top = u.valToPos(count, "y", true), foot = bbox.top + bbox.height, gap = 8 * devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.strokeRect(left, top, right - left, foot - top);
  ctx.beginPath();
  ctx.rect(left, top, right - left, foot - top);
  ctx.clip();
  for (let x = left - (foot - top); x < right; x += gap) {
    ctx.moveTo(x, foot);
    ctx.lineTo(x + foot - top, top);
  }
  ctx.stroke();
  ctx.restore();
}
