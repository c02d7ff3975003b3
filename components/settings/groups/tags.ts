import * as z from "zod";

const allowed =
  "at most 50 tags; keys of 1 to 128 and values of up to 256 letters, digits, spaces and `_.:/=+-@`, neither starting with aws:";

const characters = "(?![aA][wW][sS]:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";

/**
 * Source: IAM API, Tag, which is the strictest; Firehose API, Tag. The number of tags, and keys that
 * conflict, are checked over all of them in tagProblems.
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
    description: "Tags for every resource that supports them.",
    allowed,
    decisive: true,
  })
  .default({});
