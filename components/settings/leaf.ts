import * as z from "zod";

/** Kept on the schema of each setting, so that an error can say what may stand there. */
declare module "zod" {
  interface GlobalMeta {
    /** Reads on after "allowed: ". */
    allowed?: string;
  }
}

/** A whole number within bounds, both included. */
export function whole(range: { min: number; max: number; unit: string }) {
  const allowed = `a whole number of ${range.unit} from ${range.min} to ${range.max}`;
  return z.int().min(range.min).max(range.max).meta({ allowed });
}

/** One of a few numbers. */
export function oneOfNumbers(values: readonly number[], unit: string) {
  return z
    .int()
    .refine((value) => values.includes(value))
    .meta({ allowed: `${unit}: ${values.join(", ")}` });
}

/** One of a few words, written exactly so. */
export function oneOf<const T extends readonly string[]>(...values: T) {
  return z.enum(values).meta({ allowed: values.join(", ") });
}

export function flag() {
  return z.boolean().meta({ allowed: "true or false" });
}

/** A text of a given shape; `allowed` says the shape in words. */
export function text(shape: { pattern: RegExp; allowed: string }) {
  return z.string().regex(shape.pattern).meta({ allowed: shape.allowed });
}
