// token.ts: the signed anonymous token that tells thousands behind one carrier's address apart. It says nothing of anyone.
import { recall, remember } from "./memory.ts";

/** The token kept by this browser, or a new one from `address`; empty when none is to be had within `patience` ms. */
export async function clientToken(address: string, patience = 1500): Promise<string> {
  const kept = recall("client");
  if (kept) return kept;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(patience) });
    const token = answer.ok ? (await answer.text()).trim() : "";
    if (token) remember("client", token);
    return token;
  } catch {
    return "";
  }
}
