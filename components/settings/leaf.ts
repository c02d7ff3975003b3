import * as z from "zod";

/** Stored on the schema of each setting, next to its description. */
declare module "zod" {
  interface GlobalMeta {
    /** The values that the setting accepts; completes a line that begins with "allowed: ". */
    allowed?: string;
    /** An allowed value, of a setting without default. */
    example?: string;
    /** What applies while the setting is not set, where that is not a fixed value. */
    unset?: string;
    /** It determines which resources exist, so it must be known when the program runs. */
    decisive?: boolean;
    /** Name of the interface that a group of settings has in the component's args. */
    typeName?: string;
    /** Description of that interface, where several groups share it. */
    kind?: string;
    /** Name of the type that the values of an enumerated setting have in the component's args. */
    enumName?: string;
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
export function oneOfNumbers<const T extends readonly number[]>(
  enumName: string,
  description: string,
  values: T,
  unit: string,
) {
  const allowed = `${unit}: ${values.join(", ")}`;
  return z.literal<T>(values).meta({ enumName, description, allowed });
}

/** One of a few words, in exactly this spelling. */
export function oneOf<const T extends readonly string[]>(
  enumName: string,
  description: string,
  values: T,
) {
  return z.enum(values).meta({ enumName, description, allowed: values.join(", ") });
}

/** A switch. It determines which resources exist, or what can be done with them. */
export function flag(description: string) {
  return z.boolean().meta({ description, allowed: "true or false", decisive: true });
}

/** A string that matches a pattern; `allowed` describes the pattern. */
export function text(description: string, shape: { pattern: RegExp; allowed: string }) {
  return z.string().regex(shape.pattern).meta({ description, allowed: shape.allowed });
}

/** The ARN of one kind of resource; `longest` is the API's limit on its length. */
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
    .meta({ description, allowed: `an ARN such as ${example}`, example });
}

/** Patterns of the region and the account in an ARN. */
export const arnParts = { region: "[a-z0-9-]+", account: "\\d{12}" } as const;

/** For the descriptions of settings that have this effect: the source of a delivery stream is immutable. */
export const replacesDeliveryStream =
  "A change replaces the delivery stream, and the new one begins at the newest record: what the old one had not read is not delivered. `protect` rejects such a change.";

/** For the descriptions of settings after whose change a pipeline has another key. */
export const keepsFormerKey =
  "A key that the pipeline created before stays in AWS, because data is encrypted with it; the README of this package describes how to remove it.";

/** For the descriptions of settings that take a resource with data out of the program. */
export const deletesFormer = (what: string) =>
  `Without \`protect\`, setting it deletes the ${what} that the pipeline created before.`;

/** Several values of one kind. */
export function list<T extends z.ZodType>(
  description: string,
  item: T,
  { most, allowed }: { most: number; allowed: string },
) {
  return z.array(item).max(most).meta({ description, allowed });
}

/** Settings that belong together. If the group is not set, all its defaults apply. */
export function group<T extends z.core.$ZodLooseShape>(
  typeName: string,
  description: string,
  shape: T,
) {
  return z.strictObject(shape).meta({ description, typeName });
}
