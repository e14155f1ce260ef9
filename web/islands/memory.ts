// memory.ts: what this browser remembers for us. It may refuse to, and then nothing is remembered.

export function recall(name: string): string | null {
  try { return localStorage.getItem(name); } catch { return null; }
}

export function remember(name: string, value: string): void {
  try { localStorage.setItem(name, value); } catch { /* private browsing, or full */ }
}
