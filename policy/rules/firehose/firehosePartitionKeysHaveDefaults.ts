import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateQueryKeys } from "./queryKeys";

export const firehosePartitionKeysHaveDefaults = resourceRule({
  name: "firehose-partition-keys-have-defaults",
  title: "Partition keys of delivery streams have defaults",
  description:
    "Every partition key that a query extracts has a value for records in which the field is missing, null or empty.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["reliability"] },
  remediationSteps:
    'Write the expression of the key so that it is never null or empty, e.g. {shop: (if (.shop // "") == "" then "none" else .shop end)}: Firehose puts every other record under the error prefix.',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-partitioning-keys.html",
  types: [deliveryStreamType],
  evaluate: evaluateQueryKeys((keys, path, verdict) => {
    const bare = keys.filter(({ expression }) => !hasDefault(expression));
    if (bare.length === 0) return;
    const [verb, object] = bare.length === 1 ? ["key has", "it"] : ["keys have", "them"];
    verdict.violation(
      `${path}: ${bare.length} ${verb} no default for missing and null values: add one with // to ${object}.`,
    );
  }),
});

/** An alternative, a condition, a conversion of null to a string, or no field of the record at all. */
function hasDefault(expression: string): boolean {
  const code = expression.replace(/"(?:[^"\\]|\\[^])*"/g, '""');
  return /\/\/|\bif\b|\btostring\b|\btojson\b|\btype\b/.test(code) || !code.includes(".");
}
