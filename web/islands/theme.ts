// theme.ts: remembers the reader's choice of light or dark. The switch itself is CSS and works without this file.
import { recall, remember } from "./memory.ts";

const names = ["auto", "light", "dark"];

export function rememberTheme(page: Document): void {
  const stored = recall("theme");
  if (stored && names.includes(stored)) page.querySelector<HTMLInputElement>(`#theme-${stored}`)!.checked = true;
  page.addEventListener("change", event => {
    const input = event.target as HTMLInputElement;
    if (input.name === "theme") remember("theme", input.id.replace("theme-", ""));
  });
}
