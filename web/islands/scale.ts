// scale.ts: where a value stands on a slider of a thousand steps, and back; wide ranges go by their logarithm.

export interface Scale { least: number; most: number; logarithmic: boolean; whole: boolean }

const steps = 1000;

/** 0 to 1000; what lies outside the range stands at its end. */
export function toPlace(value: number, { least, most, logarithmic }: Scale): number {
  const inside = Math.min(Math.max(value, least), most);
  const part = logarithmic ? Math.log(inside / least) / Math.log(most / least) : (inside - least) / (most - least);
  return Math.round(part * steps);
}

/** A value with two digits that matter, or a whole one; the ends are exact. */
export function fromPlace(place: number, { least, most, logarithmic, whole }: Scale): number {
  if (place <= 0) return least;
  if (place >= steps) return most;
  const part = place / steps;
  const value = logarithmic ? least * (most / least) ** part : least + (most - least) * part;
  const rounded = Number(value.toPrecision(2));
  return Math.min(Math.max(whole ? Math.round(rounded) : rounded, least), most);
}
