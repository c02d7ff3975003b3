import type { Setting } from "./setting";

/** What whole numbers a setting allows, both ends included. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** A whole number. Say its unit in the setting's name: `minHours`. */
export function wholeNumber(
  { least, most }: Bounds,
  defaultValue: number,
  description: string,
): Setting<number> {
  return {
    schema: {
      type: "integer",
      minimum: least,
      maximum: most,
      description,
      default: defaultValue,
    },
    defaultValue,
    allowed: `a whole number from ${least} to ${most}`,
    read: (given) => (isWithin(given, { least, most }) ? given : undefined),
  };
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Two whole numbers, `{ "min": 5, "max": 128 }`. One that the config leaves out keeps its default. */
export function range(
  { least, most }: Bounds,
  defaultValue: Range,
  description: string,
): Setting<Range> {
  const end = { type: "integer", minimum: least, maximum: most } as const;
  return {
    schema: {
      type: "object",
      properties: { min: end, max: end },
      additionalProperties: false,
      description,
      default: { ...defaultValue },
    },
    defaultValue,
    allowed: `an object of whole numbers min and max from ${least} to ${most}, min not above max`,
    read: (given) => {
      if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
      if (Object.keys(given).some((key) => key !== "min" && key !== "max")) return undefined;
      const { min, max }: { readonly min: unknown; readonly max: unknown } = {
        ...defaultValue,
        ...given,
      };
      const fits = isWithin(min, { least, most }) && isWithin(max, { least, most }) && min <= max;
      return fits ? { min, max } : undefined;
    },
  };
}

function isWithin(given: unknown, { least, most }: Bounds): given is number {
  return Number.isInteger(given) && Number(given) >= least && Number(given) <= most;
}
