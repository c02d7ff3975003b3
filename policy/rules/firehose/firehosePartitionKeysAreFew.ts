import { matchesPattern } from "../../reading/wildcard";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { listOf } from "../../settings/setting";
import { evaluateQueryKeys } from "./queryKeys";

/** Fields that have another value in almost every record. */
const perRecord = [
  ...["*uuid", "*guid", "eventid", "messageid", "recordid", "requestid", "sessionid", "traceid"],
  ...["spanid", "transactionid", "correlationid", "sequencenumber", "offset", "timestamp"],
];

export const firehosePartitionKeysAreFew = resourceRule({
  name: "firehose-partition-keys-are-few",
  title: "Partition keys of delivery streams have few values",
  description: "No partition key is a field that has another value in almost every record.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["cost-optimization", "performance-efficiency"] },
  remediationSteps:
    "Partition by fields with few values, such as a customer or a day: every value is an active partition with a buffer of its own, of which Firehose has 500, and an object of its own.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/limits.html",
  types: [deliveryStreamType],
  settings: {
    manyValued: listOf({
      of: "field names",
      matching: /^[\w*?-]+$/,
      defaultValue: perRecord,
      description:
        "Names of fields that no partition key may be, without - and _; case does not matter, * and ? are wildcards.",
    }),
  },
  evaluate: evaluateQueryKeys((keys, path, verdict, { manyValued }) => {
    const patterns = manyValued.map(bareName);
    const many = keys.filter(({ name, expression }) =>
      [name, fieldOf(expression)].some((field) =>
        patterns.some((pattern) => matchesPattern(pattern, bareName(field))),
      ),
    );
    if (many.length === 0) return;
    verdict.violation(
      `${path}: ${many.length} of its ${keys.length} keys ${many.length === 1 ? "is a field" : "are fields"} with a value of its own in almost every record: partition by another field.`,
    );
  }),
});

/** The last field of a plain path, `.detail.requestId`; "" for anything that computes a value. */
function fieldOf(expression: string): string {
  return /^(?:\.[A-Za-z_]\w*)*\.([A-Za-z_]\w*)$/.exec(expression)?.[1] ?? "";
}

function bareName(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}
