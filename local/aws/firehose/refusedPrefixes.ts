import { unevaluatedFields, zone } from "../../../components/prefix/formatTimestamp";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { prefixProblems } from "../../../components/prefix/prefixProblems";
import type { InputReader } from "../inputReader";

/** Adds to the problems of a destination what is wrong with its prefixes and their time zone. */
export function refusePrefixes(destination: InputReader): void {
  const prefix = destination.text("prefix") ?? "";
  const errorPrefix = destination.text("errorOutputPrefix") ?? "";
  for (const { field, reason, allowed } of prefixProblems({ prefix, errorPrefix })) {
    const input = field === "prefix" ? "prefix" : "errorOutputPrefix";
    destination.problem(input, `${reason}; allowed: ${allowed}`);
  }
  for (const part of parsePrefix(prefix).parts) {
    for (const field of part.kind === "timestamp" ? unevaluatedFields(part.pattern) : []) {
      destination.problem("prefix", `has "${field}", which is not evaluated on this machine`);
    }
  }
  try {
    zone(destination.text("customTimeZone") || "UTC");
  } catch (error) {
    destination.problem("customTimeZone:", (error as Error).message);
  }
}
