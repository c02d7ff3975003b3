import { parsePrefix } from "../../prefix/parsePrefix";
import type { PrefixFieldProblem } from "../../prefix/prefixProblems";
import { quote } from "../../prefix/quote";
import type { Features } from "../features";

/**
 * The keys in the prefix must be those that are extracted. The texts are AWS's, except for a key that
 * the function returns, which AWS cannot check.
 *
 * @param prefix of the data, with dynamic partitioning
 */
export function partitionKeyProblems(
  prefix: string,
  { queryKeys, functionKeys }: Features,
): readonly PrefixFieldProblem[] {
  const sources = [
    { from: "query", keys: queryKeys, setting: "partitioning.keys" },
    { from: "lambda", keys: functionKeys, setting: "transform.partitionKeys" },
  ] as const;
  const { parts, problems } = parsePrefix(prefix);
  if (problems.length > 0) return [];
  const found = sources.flatMap(({ from, keys, setting }) => {
    const used = parts.flatMap((part) =>
      part.kind === "partition-key" && part.from === from ? [part.key] : [],
    );
    const namespace = from === "query" ? "partitionKeyFromQuery" : "partitionKeyFromLambda";
    const written = (key: string) => quote(`!{${namespace}:${key}}`);
    return [
      ...[...new Set(used)]
        .filter((key) => !keys.includes(key))
        .map((key) => `has ${written(key)}, but ${setting} has no ${quote(key)}`),
      ...keys
        .filter((key) => !used.includes(key))
        .map((key) => `does not have ${written(key)}: ${missing[from]}`),
    ];
  });
  const [reason, ...others] = found;
  if (reason === undefined) return [];
  const more = others.length === 0 ? "" : `; ${others.length} more`;
  return [
    {
      field: "prefix",
      reason: `${reason}${more}`,
      allowed: "a prefix with each partition key, and no others",
    },
  ];
}

const missing = {
  query:
    "MetaDataExtraction JQ Query can't contain keys that are not present in the S3 Prefix expression",
  lambda: "the key would have no effect",
} as const;
