// zone.test.ts: times in a reader's zone: the clock, the day where it is another one, round marks on an axis.
import { test } from "node:test";
import assert from "node:assert/strict";
import { ahead, shift, written, zoneName } from "../islands/zone.ts";

const at = Date.parse("2026-01-22T20:47:00Z"), hour = 3_600_000;

test("a zone is ahead of UTC by what its clocks show, summer time included", () => {
  assert.equal(ahead(at, "UTC"), 0);
  assert.equal(ahead(at, "Europe/Berlin"), hour);
  assert.equal(ahead(Date.parse("2026-07-22T12:00:00Z"), "Europe/Berlin"), 2 * hour);
  assert.equal(ahead(at, "Asia/Kolkata"), 5.5 * hour);
  assert.equal(ahead(at, "America/Los_Angeles"), -8 * hour);
  assert.equal(ahead(at + 123, "Europe/Berlin"), hour);
});

test("a clock alone gets its day only where that is another day", () => {
  assert.equal(written(at, "20:47", "Europe/Berlin", "en"), "21:47");
  assert.equal(written(at, "20:47", "Asia/Tokyo", "de"), "23. Jan. 05:47");
  assert.equal(written(Date.parse("2026-01-22T00:30:00Z"), "00:30", "America/New_York", "en-GB"), "21 Jan 19:30");
});

test("a date with a clock moves as a whole, and a day alone is left as it is", () => {
  assert.equal(written(at, "22. Jan. 20:47", "Europe/Berlin", "de"), "22. Jan. 21:47");
  assert.equal(written(at, "22 January 2026", "Asia/Tokyo", "en"), "22 January 2026");
});

test("marks of an axis move to round times of the zone, the shorter way", () => {
  assert.equal(shift(at, hour, "Europe/Berlin"), 0);
  assert.equal(shift(at, hour, "Asia/Kolkata"), -hour / 2);
  assert.equal(shift(at, 24 * hour, "America/Los_Angeles"), 8 * hour);
  assert.equal(shift(at, 24 * hour, "Asia/Tokyo"), -9 * hour);
  assert.equal(shift(at, 4 * hour, "Europe/Berlin"), -hour);
});

test("the zone has a name", () => {
  assert.equal(zoneName(at, "UTC", "en"), "UTC");
  assert.equal(zoneName(at, "Europe/Berlin", "de"), "MEZ");
  assert.equal(zoneName(at, "Asia/Kolkata", "en"), "GMT+5:30");
});
