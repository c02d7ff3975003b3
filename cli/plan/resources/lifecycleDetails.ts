import type { Properties, PropertyValue } from "../../../engine/graph/resourceGraph";
import { type Detail, inputList, inputText, inputValue, isHidden, shownValue } from "./inputValue";

/** Each lifecycle rule of a bucket: its id and its actions. */
export function lifecycleDetails(inputs: Properties): Detail[] {
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
  const status = inputText(rule, "status") === "Enabled" ? [] : ["disabled"];
  return [actions.join(", "), ...scope(rule), ...status].join("; ");
}

/** Property of a rule -> the action of S3. */
const ACTIONS: Readonly<Record<string, (action: PropertyValue) => string>> = {
  abortIncompleteMultipartUpload: (abort) =>
    `abort incomplete uploads after ${days(abort, "daysAfterInitiation")}`,
  transitions: (transition) => `transition ${destination(transition, "days")}`,
  expiration: (expiration) => {
    const date = inputText(expiration, "date");
    if (date !== undefined) return `expire on ${date}`;
    return inputText(expiration, "expiredObjectDeleteMarker") === "true"
      ? "delete expired object delete markers"
      : `expire after ${days(expiration, "days")}`;
  },
  noncurrentVersionTransitions: (transition) =>
    `transition noncurrent versions ${destination(transition, "noncurrentDays")}`,
  noncurrentVersionExpiration: (expiration) => {
    const kept = inputText(expiration, "newerNoncurrentVersions");
    const exception = kept === undefined ? "" : ` except the latest ${kept}`;
    return `expire noncurrent versions${exception} after ${days(expiration, "noncurrentDays")}`;
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

/** The objects of a rule, if it does not apply to all. */
function scope(rule: PropertyValue): string[] {
  const prefix = inputText(rule, "filter.prefix") ?? inputText(rule, "prefix");
  if (prefix !== undefined) return prefix === "" ? [] : [`only ${prefix}`];
  const filter = inputValue(rule, "filter") ?? {};
  return Object.keys(filter).length === 0 ? [] : [`only ${shownValue(filter)}`];
}
