// backoff.ts: how long to wait before the next attempt: longer each time, and never all readers at once.

/** Milliseconds before attempt `failures` (1 = after the first failure): up to 1 s, 2 s, 4 s … 30 s, at least half of it. */
export function waitBefore(failures: number, chance: number): number {
  const most = Math.min(30_000, 1000 * 2 ** (failures - 1));
  return Math.round(most / 2 + most / 2 * chance);
}
