import type { Setting } from "./setting";

/** What whole numbers a setting allows, both ends included. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** A whole number. Say its unit in the setting's name: `minHours`. */
export function wholeNumber(
  { minimum: minimum, maximum: maximum }: Bounds,
  defaultValue: number,
  description: string,
): Setting<number> {
  return {
    schema: {
      type: "integer",
      minimum: minimum,
      maximum: maximum,
      description,
      default: defaultValue,
    },
    defaultValue,
    allowed: `a whole number from ${minimum} to ${maximum}`,
    read: (given) => (isWithin(given, { minimum: minimum, maximum: maximum }) ? given : undefined),
  };
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Two whole numbers, `{ "min": 5, "max": 128 }`. One that the config leaves out keeps its default. */
export function range(
  { minimum: minimum, maximum: maximum }: Bounds,
  defaultValue: Range,
  description: string,
): Setting<Range> {
  const end = { type: "integer", minimum: minimum, maximum: maximum } as const;
  return {
    schema: {
      type: "object",
      properties: { min: end, max: end },
      additionalProperties: false,
      description,
      default: { ...defaultValue },
    },
    defaultValue,
    allowed: `an object of whole numbers min and max from ${minimum} to ${maximum}, min not above max`,
    read: (given) => {
      if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
      if (Object.keys(given).some((key) => key !== "min" && key !== "max")) return undefined;
      const { min, max }: { readonly min: unknown; readonly max: unknown } = {
        ...defaultValue,
        ...given,
      };
      const fits =
        isWithin(min, { minimum: minimum, maximum: maximum }) &&
        isWithin(max, { minimum: minimum, maximum: maximum }) &&
        min <= max;
      return fits ? { min, max } : undefined;
    },
  };
}

function isWithin(given: unknown, { minimum: minimum, maximum: maximum }: Bounds): given is number {
  return Number.isInteger(given) && Number(given) >= minimum && Number(given) <= maximum;
}
