// swap.ts: puts the parts of a freshly fetched page into the page that is open, without disturbing its reader.

/** Copies every part marked data-live from `fresh`, by id; of data-live="class" only its looks. Opened details stay open, focus stays on the same link. */
export function swapLiveParts(open: Document, fresh: Document): void {
  for (const part of open.querySelectorAll<HTMLElement>("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (!next) continue;
    part.className = next.className;
    for (const name of Object.keys(next.dataset)) part.dataset[name] = next.dataset[name];
    if (part.dataset.live === "class" || "held" in part.dataset || next.innerHTML === part.innerHTML) continue;
    const unfolded = [...part.querySelectorAll("details")].map(fold => fold.open);
    const focused = part.contains(open.activeElement) ? open.activeElement!.getAttribute("href") : null;
    part.replaceChildren(...next.childNodes);
    part.querySelectorAll("details").forEach((fold, i) => { fold.open = unfolded[i] ?? false; });
    if (focused) part.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus();
  }
  open.title = fresh.title;
}
