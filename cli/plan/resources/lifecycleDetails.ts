import type { Properties, PropertyValue } from "../../../engine/graph/resourceGraph";
import { type Detail, inputList, inputText, inputValue, isHidden, shownValue } from "./inputValue";

/** Each lifecycle rule of a bucket by its id, and what S3 does by it. */
export function lifecycleRules(inputs: Properties): Detail[] {
  return inputList(inputs, "rules").map((rule) =>
    isHidden(rule)
      ? { label: "", value: shownValue(rule) }
      : { label: inputText(rule, "id") ?? "", value: ruleText(rule) },
  );
}

function ruleText(rule: PropertyValue): string {
  const actions = Object.entries(ACTIONS).flatMap(([property, format]) =>
    inputList(rule, property).map((action) =>
      isHidden(action) ? `${property} ${shownValue(action)}` : format(action),
    ),
  );
  const off = inputText(rule, "status") === "Enabled" ? [] : ["not in force"];
  return [actions.join(", "), ...scope(rule), ...off].join("; ");
}

/** Property of a rule -> what S3 does by it. */
const ACTIONS: Readonly<Record<string, (action: PropertyValue) => string>> = {
  abortIncompleteMultipartUpload: (abort) =>
    `abort unfinished uploads after ${days(abort, "daysAfterInitiation")}`,
  transitions: (transition) => `move ${destination(transition, "days")}`,
  expiration: (expiration) => {
    const date = inputText(expiration, "date");
    if (date !== undefined) return `expire on ${date}`;
    return inputText(expiration, "expiredObjectDeleteMarker") === "true"
      ? "drop delete markers without versions"
      : `expire after ${days(expiration, "days")}`;
  },
  noncurrentVersionTransitions: (transition) =>
    `move former versions ${destination(transition, "noncurrentDays")}`,
  noncurrentVersionExpiration: (expiration) => {
    const kept = inputText(expiration, "newerNoncurrentVersions");
    const but = kept === undefined ? "" : ` but the latest ${kept}`;
    return `expire former versions${but} after ${days(expiration, "noncurrentDays")}`;
  },
};

function destination(transition: PropertyValue, property: string): string {
  const date = inputText(transition, "date");
  const when = date === undefined ? `after ${days(transition, property)}` : `on ${date}`;
  return `to ${inputText(transition, "storageClass") ?? "another class"} ${when}`;
}

function days(action: PropertyValue, property: string): string {
  const count = inputText(action, property) ?? "0";
  return count === "1" ? "1 day" : `${count} days`;
}

/** Which objects, if not all. */
function scope(rule: PropertyValue): string[] {
  const prefix = inputText(rule, "filter.prefix") ?? inputText(rule, "prefix");
  if (prefix !== undefined) return prefix === "" ? [] : [`only ${prefix}`];
  const filter = inputValue(rule, "filter") ?? {};
  return Object.keys(filter).length === 0 ? [] : [`only ${shownValue(filter)}`];
}
