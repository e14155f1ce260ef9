// theme.ts: remembers the reader's choice of light or dark. The switch itself is CSS and works without this file.
const names = ["auto", "light", "dark"];

export function rememberTheme(page: Document, memory: Storage): void {
  const stored = memory.getItem("theme");
  if (stored && names.includes(stored)) {
    page.querySelector<HTMLInputElement>(`#theme-${stored}`)!.checked = true;
  }
  page.addEventListener("change", event => {
    const input = event.target as HTMLInputElement;
    if (input.name === "theme") memory.setItem("theme", input.id.replace("theme-", ""));
  });
}
