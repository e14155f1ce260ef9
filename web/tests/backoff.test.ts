// backoff.test.ts: a lost stream is tried again later each time, and not by everyone at once.
import { test } from "node:test";
import assert from "node:assert/strict";
import { waitBefore } from "../islands/backoff.ts";

test("the wait doubles with each failure up to half a minute", () => {
  assert.deepEqual([1, 2, 3, 6, 20].map(n => waitBefore(n, 1)), [1000, 2000, 4000, 30_000, 30_000]);
});

test("chance spreads readers over half of the wait", () => {
  assert.equal(waitBefore(3, 0), 2000);
  assert.equal(waitBefore(3, .5), 3000);
});
