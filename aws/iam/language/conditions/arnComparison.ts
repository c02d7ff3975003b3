import { matchesUnits, type PatternUnit, patternUnits } from "../wildcards";
import type { Comparison } from "./comparison";

const componentsOfArn = 6;

/**
 * Each of the six components is compared by itself, so a `*` reaches over no colon but those in
 * the last one. `*` alone matches every ARN.
 *
 * Source: IAM User Guide, "Amazon Resource Name (ARN) condition operators".
 */
export const arnLike: Comparison = {
  wants: {
    what: 'an ARN of six components, where * and ? may stand, or "*"',
    accepts: (value) => value === "*" || isArn(value),
  },
  variables: true,
  matches: (actual, wanted) => {
    if (!isArn(actual)) return false;
    const units = patternUnits(wanted);
    if (units.length === 1) return matchesUnits(units, actual);
    const patterns = components(units);
    const values = components(Array.from(actual)).map((characters) => characters.join(""));
    return (
      patterns.length === componentsOfArn &&
      patterns.every((pattern, index) => matchesUnits(pattern, values[index] ?? ""))
    );
  },
};

function isArn(value: string): boolean {
  return value.startsWith("arn:") && value.split(":").length >= componentsOfArn;
}

/** The last one keeps its colons. */
function components<Unit extends PatternUnit>(units: readonly Unit[]): readonly Unit[][] {
  const parts: Unit[][] = [[]];
  for (const unit of units) {
    if (unit === ":" && parts.length < componentsOfArn) parts.push([]);
    else parts.at(-1)?.push(unit);
  }
  return parts;
}
