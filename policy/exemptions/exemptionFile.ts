import { readFileSync } from "node:fs";
import type { ExemptionList } from "./exemption";
import { readExemptions } from "./readExemptions";

/**
 * Reads an exemption file. Never throws: the pack must start, and say what is wrong.
 *
 * @param policies the names of the rules that can be exempted from
 */
export function readExemptionFile(file: string, policies: readonly string[]): ExemptionList {
  try {
    return readExemptions(file, readFileSync(file, "utf8"), policies);
  } catch (error) {
    const problem = `${file} cannot be read (${(error as Error).message})`;
    return { exemptions: [], problems: [`${problem}: no exemption is in force.`] };
  }
}
