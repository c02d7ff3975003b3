import { matches, unless } from "./constraints";

/** One expression that is valid by the guide and in Java. */
const expression =
  /!\{(?:firehose:(?:random-string|error-output-type)|timestamp:(?:y{1,19}|u{1,19}|Y{1,19}|M{1,5}|L{1,5}|d{1,2}|D{1,3}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|S{1,9}|E{1,5}|e{1,5}|a|w{1,2}|W|X{1,5}|V{2}|'(?:[^'{}]|'')*'|[^A-Za-z{}#'])+)\}/gu;

/**
 * What Firehose would reject in the two prefixes, by its guide and its API model.
 *
 * @param partitionKeys expressions of the partition keys, which only the prefix of the data can have
 */
export function prefixRejections(
  prefix: string,
  errorPrefix: string,
  partitionKeys: readonly string[] = [],
): string[] {
  const hasExpressions = (text: string) => text.includes("!{");
  const others = partitionKeys.reduce((text, key) => text.replaceAll(key, ""), prefix);
  const bothAlone = [prefix, errorPrefix].flatMap((text, index) => [
    ...unless(
      !hasExpressions((index === 0 ? others : text).replace(expression, " ")),
      "unknown expression",
    ),
    ...unless(matches(text, /^[^\n\r\u0085\u2028\u2029]*$/u, 1024), "Prefix"),
    ...unless(evaluated(text).length <= 512, "evaluated Prefix"),
  ]);
  const byType = "!{firehose:error-output-type}";
  return [
    ...bothAlone,
    ...unless(!prefix.includes(byType), "error-output-type in Prefix"),
    ...unless(!hasExpressions(prefix) || errorPrefix !== "", "ErrorOutputPrefix is null"),
    ...unless(
      !hasExpressions(errorPrefix) || errorPrefix.includes(byType),
      "ErrorOutputPrefix without error-output-type",
    ),
  ];
}

/** On the first of January 2026, for the timestamps that the fuzzer lengthens prefixes with. */
function evaluated(text: string): string {
  const timed = /!\{/.test(text) ? text : `${text}2026/01/01/00/`;
  return timed
    .replace(/!\{firehose:random-string\}/g, "5abf82daaa5")
    .replace(/!\{firehose:error-output-type\}/g, "processing-failed")
    .replace(/!\{timestamp:yyyy\}/g, "2026")
    .replace(/!\{timestamp:yyyy\/MM\/dd\}/g, "2026/01/01")
    .replace(/!\{[^}]*\}/g, "");
}
