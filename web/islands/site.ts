// site.ts: what runs on every public page before anyone touches it; each part is optional.
import { offerCopies } from "./copy.ts";
import { keepUp } from "./live.ts";
import { reportInPlace } from "./report.ts";
import { rememberTheme } from "./theme.ts";
import { switchZone } from "./zone.ts";

rememberTheme(document);
switchZone(document);
reportInPlace(document);
offerCopies(document);

const status = document.getElementById("live");
if (status && "EventSource" in window) keepUp(document, status);

const plot = document.getElementById("plot");
if (plot?.dataset.series) {
  plot.tabIndex = 0;
  plot.setAttribute("role", "group");
  plot.setAttribute("aria-label", plot.dataset.help!);
  const load = () => void import("./chart.ts").then(chart => chart.explore(plot));
  for (const name of ["pointerenter", "focus"]) plot.addEventListener(name, load, { once: true });
}
