import * as z from "zod";

/** Kept on the schema of each setting beside its description. */
declare module "zod" {
  interface GlobalMeta {
    /** What may stand there, in words; reads on after "allowed: ". */
    allowed?: string;
    /** What holds while the setting is left out, where that is no fixed value. */
    unset?: string;
    /** It decides which resources there are, so it must be known when the program runs. */
    decisive?: boolean;
    /** Name of the interface that a group of settings has in the component's args. */
    typeName?: string;
    /** What such a group is, where several of one kind stand for different things. */
    kind?: string;
  }
}

/** A whole number within bounds, both included. */
export function whole(description: string, range: { min: number; max: number; unit: string }) {
  const allowed = `a whole number of ${range.unit} from ${range.min} to ${range.max}`;
  return z.int().min(range.min).max(range.max).meta({ description, allowed });
}

/** A number within bounds, both included. */
export function amount(description: string, range: { min: number; max: number; unit: string }) {
  const allowed = `a number of ${range.unit} from ${range.min} to ${range.max}`;
  return z.number().min(range.min).max(range.max).meta({ description, allowed });
}

/** One of a few numbers. */
export function oneOfNumbers(description: string, values: readonly number[], unit: string) {
  return z.literal(values).meta({ description, allowed: `${unit}: ${values.join(", ")}` });
}

/** One of a few words, written exactly so. */
export function oneOf<const T extends readonly string[]>(description: string, values: T) {
  return z.enum(values).meta({ description, allowed: values.join(", ") });
}

/** A switch. It decides which resources there are, or what can be done to them. */
export function flag(description: string) {
  return z.boolean().meta({ description, allowed: "true or false", decisive: true });
}

/** A text of a given shape; `allowed` says the shape in words. */
export function text(description: string, shape: { pattern: RegExp; allowed: string }) {
  return z.string().regex(shape.pattern).meta({ description, allowed: shape.allowed });
}

/** The ARN of one kind of resource; `longest` is the API's limit for all of it. */
export function arn(
  description: string,
  parts: {
    service: string;
    region?: string;
    account?: string;
    resource: string;
    longest?: number;
    example: string;
  },
) {
  const { service, region = "", account = "", resource, longest = 1024, example } = parts;
  return z
    .string()
    .regex(new RegExp(`^arn:aws(-[a-z]+)*:${service}:${region}:${account}:${resource}$`))
    .max(longest)
    .meta({ description, allowed: `an ARN such as ${example}` });
}

/** Several values of one kind. */
export function list<T extends z.ZodType>(
  description: string,
  item: T,
  { most, allowed }: { most: number; allowed: string },
) {
  return z.array(item).max(most).meta({ description, allowed });
}

/** Settings that belong together. Left out, the group has all its defaults. */
export function group<T extends z.core.$ZodLooseShape>(
  typeName: string,
  description: string,
  shape: T,
) {
  return z.strictObject(shape).meta({ description, typeName });
}

/** Fields that stand in an ARN, as patterns. */
export const arnParts = { region: "[a-z0-9-]+", account: "\\d{12}" } as const;
