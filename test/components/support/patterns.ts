import fc from "fast-check";
import { readTimestampPattern } from "../../../components/prefix/timestampPattern";

/** Valid timestamp patterns with any field of `DateTimeFormatter`. */
export const pattern = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom(...Array.from("GyuYMLdDEecwWFQqHkKhamsSAnNVzOXxZp")),
          fc.integer({ min: 1, max: 9 }),
        )
        .map(([letter, count]) => letter.repeat(count)),
      fc.constantFrom("/", "''", "'T'", "'a''b'", "[", "ppppppppp"),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((pieces) => pieces.join(""))
  .filter((written) => readTimestampPattern(written).problems.length === 0);

/** Milliseconds since 1970, in the years from 2020 to 2036. */
export const timestamp = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2037, 0) });

export const timeZone = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
);
