// site.ts: what runs on every public page before anyone touches it; each part is optional.
import { keepUp } from "./live.ts";
import { reportInPlace } from "./report.ts";
import { rememberTheme } from "./theme.ts";

rememberTheme(document, localStorage);
reportInPlace(document, localStorage);

const status = document.getElementById("live");
if (status && "EventSource" in window) keepUp(document, status);

const plot = document.getElementById("plot");
if (plot?.dataset.series) {
  const load = () => void import("./chart.ts").then(chart => chart.explore(plot));
  for (const name of ["pointerenter", "focusin"]) plot.addEventListener(name, load, { once: true });
}
