import * as z from "zod";

const allowed =
  "at most 50 tags; keys of 1 to 128 and values of up to 256 letters, digits, spaces and _ . : / = + - @, neither starting with aws:";

const characters = "(?![aA][wW][sS]:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";

/**
 * Source: IAM API, Tag, which allows the least; Firehose API, Tag. How many there may be, and which
 * ones clash, is judged over all of them.
 */
export const tags = z
  .record(
    z.string().regex(new RegExp(`^${characters}{1,128}$`, "u")),
    z
      .string()
      .regex(new RegExp(`^${characters}{0,256}$`, "u"))
      .meta({ allowed }),
  )
  .meta({
    description: "Tags for every resource that can carry them.",
    allowed,
    decisive: true,
  })
  .default({});
