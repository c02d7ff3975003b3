import fc from "fast-check";
import { around } from "./arbitraries";
import type { PlainFeatureArgs } from "./awsFeatureRejections";

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:redact";
const tableArn = "arn:aws:glue:us-east-1:123456789012:table/lake/clicks";

/** Values of one setting each, next to the settings that turn a feature on. */
function besides<Group extends keyof PlainFeatureArgs>(
  on: PlainFeatureArgs,
  group: Group,
  settings: { [Name in keyof NonNullable<PlainFeatureArgs[Group]>]: fc.Arbitrary<unknown> },
): fc.Arbitrary<PlainFeatureArgs>[] {
  return Object.entries<fc.Arbitrary<unknown>>(settings).map(([setting, values]) =>
    values.map((value) => ({ ...on, [group]: { ...on[group], [setting]: value } })),
  );
}

const buffer = { bufferSizeMiB: around(64, 128), bufferIntervalSeconds: around(60, 900) };
const byQuery = { partitioning: { keys: { customer: ".customer" } } };
const byFunction = { transform: { functionArn, partitionKeys: ["tenant"] } };
const prefix = fc.constantFrom(
  ...["a/!{partitionKeyFromQuery:customer}/", "a/!{partitionKeyFromLambda:tenant}/", "raw/"],
  ...["!{partitionKeyFromQuery:tenant}/!{timestamp:yyyy}/", "!{partitionKeyFromLambda:customer}/"],
);
const compression = fc.constantFrom("GZIP", "UNCOMPRESSED", "Snappy");
const columns = [{ name: "customer", type: "string" }];

/** Args with a feature that is on, and a setting near its limit. */
export const nearFeatureLimits: fc.Arbitrary<PlainFeatureArgs> = fc.oneof(
  ...besides(byQuery, "delivery", { ...buffer, prefix }),
  ...besides(byFunction, "delivery", { ...buffer, prefix }),
  ...besides(byQuery, "partitioning", {
    retrySeconds: around(0, 7200),
    keys: around(5110, 5130).map((length) => ({ customer: `.${"c".repeat(Math.floor(length))}` })),
  }),
  ...besides({ transform: { functionArn } }, "transform", {
    functionArn: around(63, 65).map((length) => functionArn.replace("redact", "f".repeat(length))),
    bufferSizeMiB: fc.constantFrom(0.1, 0.19, 0.2, 1.5, 3, 3.1),
    bufferIntervalSeconds: around(0, 900),
    retries: around(0, 300),
  }),
  ...[{ tableArn }, { catalog: { columns } }].flatMap((conversion) =>
    besides({ conversion }, "delivery", { bufferSizeMiB: buffer.bufferSizeMiB, compression }),
  ),
  ...besides({ conversion: { tableArn } }, "conversion", {
    parquet: fc.oneof(
      around(64, 2048).map((blockSizeMiB) => ({ blockSizeMiB })),
      around(64, 2_097_151).map((pageSizeKiB) => ({ pageSizeKiB })),
      around(0, 2_147_483_647).map((maxPaddingBytes) => ({ maxPaddingBytes })),
    ),
  }),
  ...besides({ backup: { enabled: true } }, "backup", {
    bufferSizeMiB: around(1, 128),
    bufferIntervalSeconds: around(60, 900),
    prefix: fc.oneof(prefix, fc.constantFrom("source/", "!{timestamp:bb}/")),
    errorPrefix: fc.constantFrom("bad/", "bad/!{timestamp:yyyy}/", ""),
  }),
  fc.record(
    {
      partitioning: fc.constantFrom(
        { keys: { a: ".a" }, splitRecords: "json" },
        byQuery.partitioning,
      ),
      transform: fc.constant({ functionArn }),
      delivery: fc.record({
        cloudWatchLogs: fc.constantFrom("none", "decompress", "messages"),
        delimiter: fc.constantFrom("newline", "none"),
      }),
    },
    { noNullPrototype: true },
  ),
);
