// columns.ts: what the API says of a series, in the shape a chart draws; pure.

/** GET /api/v1/services/{slug}/series?format=columns */
export interface Columns {
  start: string; step_s: number; complete_until: string | null;
  reports: number[]; works: number[]; expected?: number[]; low?: number[]; high?: number[];
}

export interface Drawn {
  at: number[];                    // the middle of each column, in seconds
  counted: (number | null)[];      // complete columns only
  works: (number | null)[];
  expected: number[]; low: number[]; high: number[];
  above: (number | null)[];        // where counts stand clearly above usual, a column wider on each side
  aboveFrom: (number | null)[];    // the upper end of usual, there
  running?: { from: number; to: number; count: number };
  top: number;                     // of the scale
}

const room = 1.25;    // above the largest value, as in the server's chart
const clearly = 1.5;  // times the usual range

export function draw(columns: Columns): Drawn {
  const start = Date.parse(columns.start) / 1000, step = columns.step_s;
  const until = columns.complete_until ? Date.parse(columns.complete_until) / 1000 : Infinity;
  const n = columns.reports.length, zeros = () => new Array<number>(n).fill(0);
  const complete = (i: number) => start + (i + 1) * step <= until;
  const high = columns.high ?? zeros();
  const far = columns.reports.map((count, i) => complete(i) && count > high[i]! * clearly);
  const near = far.map((_, i) => complete(i) && (far[i - 1] || far[i] || far[i + 1] || false));
  const drawn: Drawn = {
    at: columns.reports.map((_, i) => start + (i + .5) * step),
    counted: columns.reports.map((count, i) => complete(i) ? count : null),
    works: columns.works.map((count, i) => complete(i) ? count : null),
    expected: columns.expected ?? zeros(), low: columns.low ?? zeros(), high,
    above: columns.reports.map((count, i) => near[i] ? Math.max(count, high[i]!) : null),
    aboveFrom: high.map((value, i) => near[i] ? value : null),
    top: Math.max(3, ...columns.reports, ...columns.works, ...high) * room,
  };
  const last = n - 1;
  if (n && !complete(last)) drawn.running = { from: start + last * step, to: start + n * step, count: columns.reports[last]! };
  return drawn;
}

/** Where the cursor goes from `at` for a key; undefined for keys that mean nothing here. */
export function move(key: string, at: number | null, n: number): number | undefined {
  const last = n - 1, here = at ?? last;
  if (key === "ArrowLeft") return at === null ? last : Math.max(0, here - 1);
  if (key === "ArrowRight") return Math.min(last, here + 1);
  if (key === "PageUp") return Math.max(0, here - 12);
  if (key === "PageDown") return Math.min(last, here + 12);
  if (key === "Home") return 0;
  if (key === "End") return last;
  return undefined;
}
