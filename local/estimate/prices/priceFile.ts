import { z } from "zod";
import { type PriceId, priceIds, priceMeters } from "./priceIds";

/** One price of one region, with where it comes from. */
export interface Price {
  readonly id: PriceId;
  readonly region: string;
  /** Of one unit of its meter, in USD; or by tiers of a month's quantity, the first one first. */
  readonly price: number | readonly PriceTier[];
  /** A URL, or who states it. */
  readonly source: string;
  /** Day on which the source states the price: `2026-11-22`. */
  readonly date: string;
  /**
   * - `A`: a page or a price list of AWS.
   * - `B`: data that others check against AWS's price list.
   * - `C`: a page of somebody else.
   * - `D`: unchecked.
   */
  readonly confidence: "A" | "B" | "C" | "D";
}

/** A part of a month's quantity. */
export interface PriceTier {
  /** End of the tier, in units; absent for the last one. */
  readonly upTo?: number | undefined;
  readonly price: number;
}

const amount = z.number().nonnegative();

const tiers = z
  .array(z.strictObject({ upTo: z.number().positive().optional(), price: amount }))
  .min(1)
  .refine(
    (list) =>
      list.every(({ upTo }, index) => {
        if (index === list.length - 1) return upTo === undefined;
        return upTo !== undefined && upTo > (list[index - 1]?.upTo ?? 0);
      }),
    "the tiers must have ascending upTo, and the last one none",
  );

const entry = z
  .strictObject({
    id: z.enum(priceIds, "there is no such price; prices.schema.json lists them"),
    region: z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, "it must be a region, e.g. us-east-1"),
    unit: z.string(),
    price: z.union([amount, tiers]),
    source: z.string().min(1),
    date: z.iso.date(),
    confidence: z.enum(["A", "B", "C", "D"]),
  })
  .superRefine(({ id, unit }, context) => {
    const expected = priceMeters[id].unit;
    if (unit !== expected)
      context.addIssue({ code: "custom", path: ["unit"], message: `it must be "${expected}"` });
  });

const priceFile = z.strictObject({
  $schema: z.string().optional(),
  currency: z.literal("USD"),
  prices: z.array(entry).superRefine((prices, context) => {
    const seen = new Set<string>();
    prices.forEach(({ id, region }, index) => {
      const key = `${id} of ${region}`;
      if (seen.has(key))
        context.addIssue({ code: "custom", path: [index], message: `a second price for ${key}` });
      seen.add(key);
    });
  }),
});

/**
 * Reads a price file.
 *
 * @param name for messages
 * @throws one Error with all problems of the file
 */
export function readPriceFile(text: string, name: string): readonly Price[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const { success, data, error } = priceFile.safeParse(content);
  if (success) return data.prices;
  const problems = error.issues.map(
    ({ path, message }) => `  ${path.length === 0 ? "the file" : path.join(".")}: ${message}`,
  );
  const shown = problems.slice(0, maximumShown);
  const more = problems.length - shown.length;
  throw new Error(
    [`${name} is not a valid price file:`, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])]
      .join("\n")
      .trimEnd(),
  );
}

const maximumShown = 20;

/** The JSON schema of a price file, for editors. */
export function priceFileSchema(): unknown {
  return z.toJSONSchema(priceFile);
}
