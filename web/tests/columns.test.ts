// columns.test.ts: what the chart draws of what the API says, and where the arrow keys lead.
import { test } from "node:test";
import assert from "node:assert/strict";
import { draw, move, type Columns } from "../islands/columns.ts";

const columns: Columns = {
  start: "2026-01-22T20:00:00Z", step_s: 900, complete_until: "2026-01-22T20:47:00Z",
  reports: [20, 100, 30, 7], works: [1, 2, 3, 4], expected: [20, 20, 20, 20], low: [10, 10, 10, 10], high: [30, 30, 30, 30],
};

test("points stand at the middle of their columns", () => {
  assert.equal(draw(columns).at[0], Date.parse("2026-01-22T20:07:30Z") / 1000);
});

test("the running column is no point of the line", () => {
  const drawn = draw(columns);
  assert.deepEqual(drawn.counted, [20, 100, 30, null]);
  assert.deepEqual(drawn.works, [1, 2, 3, null]);
  assert.equal(drawn.running?.count, 7);
  assert.equal(drawn.running?.from, Date.parse("2026-01-22T20:45:00Z") / 1000);
});

test("what is above usual is filled, one column wider on each side", () => {
  const drawn = draw(columns);
  assert.deepEqual(drawn.above, [30, 100, 30, null]);
  assert.deepEqual(drawn.aboveFrom, [30, 30, 30, null]);
});

test("the scale leaves room above the largest value and is never flat", () => {
  assert.equal(draw(columns).top, 125);
  assert.equal(draw({ ...columns, reports: [0, 0, 0, 0], works: [0, 0, 0, 0], high: [0, 0, 0, 0] }).top, 3.75);
});

test("a series without anything usual, and without anything complete, draws too", () => {
  const { expected, low, high, ...bare } = columns;
  const drawn = draw({ ...bare, complete_until: null });
  assert.deepEqual(drawn.high, [0, 0, 0, 0]);
  assert.equal(drawn.running, undefined);
});

test("arrow keys walk along the columns and stop at the ends", () => {
  assert.equal(move("ArrowLeft", null, 24), 23);
  assert.equal(move("ArrowLeft", 0, 24), 0);
  assert.equal(move("ArrowRight", 23, 24), 23);
  assert.equal(move("PageUp", 20, 24), 8);
  assert.equal(move("Home", 20, 24), 0);
  assert.equal(move("End", 2, 24), 23);
  assert.equal(move("Tab", 2, 24), undefined);
});
