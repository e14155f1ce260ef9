// chart.ts: the chart under the reader's hand.
export function explore(plot: HTMLElement): void {
  plot.dataset.held = "";
}
