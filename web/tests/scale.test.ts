// scale.test.ts: every place of a slider has a value in its range, in order, and values find their places again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPlace, toPlace } from "../islands/scale.ts";

const scales = {
  "false alarms": { least: 0.05, most: 366, logarithmic: true, whole: false },
  "least reports": { least: 1, most: 100_000, logarithmic: true, whole: true },
  hold: { least: 0, most: 60, logarithmic: false, whole: true },
};

for (const [name, scale] of Object.entries(scales)) {
  test(`${name}: from end to end, never back, whole where it must be`, () => {
    let before = -1;
    for (let place = 0; place <= 1000; place++) {
      const value = fromPlace(place, scale);
      assert.ok(value >= scale.least && value <= scale.most && value >= before, `${place}: ${value} after ${before}`);
      assert.ok(!scale.whole || Number.isInteger(value), String(value));
      before = value;
    }
    assert.equal(fromPlace(0, scale), scale.least);
    assert.equal(fromPlace(1000, scale), scale.most);
  });
}

test("a value stands where the slider gives it back, and beyond the range at its end", () => {
  for (const value of [0.05, 0.4, 1.2, 12, 52, 366]) assert.equal(fromPlace(toPlace(value, scales["false alarms"]), scales["false alarms"]), value);
  for (const value of [0, 1, 7, 30, 60]) assert.equal(fromPlace(toPlace(value, scales.hold), scales.hold), value);
  assert.equal(toPlace(1e9, scales.hold), 1000);
  assert.equal(toPlace(-3, scales.hold), 0);
});
