import { unevaluatedFields, zone } from "../../../components/prefix/formatTimestamp";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { prefixProblems } from "../../../components/prefix/prefixProblems";
import type { InputReader } from "../../../engine/graph/inputReader";

/** Adds to the problems of a destination what is wrong with its prefixes and their time zone. */
export function refusePrefixes(destination: InputReader): void {
  const prefix = destination.text("prefix") ?? "";
  const errorPrefix = destination.text("errorOutputPrefix") ?? "";
  for (const { field, reason, allowed } of prefixProblems({ prefix, errorPrefix })) {
    const input = field === "prefix" ? "prefix" : "errorOutputPrefix";
    destination.problem(input, `${reason}; allowed: ${allowed}`);
  }
  const timeZone = destination.text("customTimeZone") || "UTC";
  try {
    zone(timeZone);
  } catch (error) {
    destination.problem("customTimeZone:", (error as Error).message);
    return;
  }
  refuseUnevaluated(destination, "prefix", prefix, timeZone);
  refuseUnevaluated(destination, "errorOutputPrefix", errorPrefix, timeZone);
}

function refuseUnevaluated(
  destination: InputReader,
  input: "prefix" | "errorOutputPrefix",
  prefix: string,
  timeZone: string,
): void {
  for (const part of parsePrefix(prefix).parts) {
    if (part.kind !== "timestamp") continue;
    for (const { field, reason } of unevaluatedFields(part.pattern, timeZone)) {
      destination.problem(
        input,
        `has "${field}", which is not evaluated on this machine: ${reason}`,
      );
    }
  }
}
