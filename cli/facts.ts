import { grouped } from "./amounts";
import type { Colors } from "./stdoutColors";

/** Facts under each other, one a line, the values aligned. */
export function factLines(facts: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** A count of what should not be: green for none, red for any. */
export function badCount(count: number, colors: Colors): string {
  return count > 0 ? colors.red(grouped(count)) : colors.green(grouped(count));
}
