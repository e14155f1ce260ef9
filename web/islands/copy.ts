// copy.ts: buttons that copy what stands in a box. Without them the box selects all of itself at a tap.

/** Shows every button marked data-copy (the box's id); data-done is said once it has worked. */
export function offerCopies(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    const box = page.getElementById(button.dataset.copy!);
    if (!box) continue;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    const asked = button.textContent;
    button.addEventListener("click", async () => {
      button.textContent = await copied(page, box) ? button.dataset.done! : asked;
    });
  }
}

/** The clipboard is there on https alone; elsewhere the older way. */
async function copied(page: Document, box: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(box.textContent!);
    return true;
  } catch {
    page.getSelection()!.selectAllChildren(box);
    return page.execCommand("copy");
  }
}
