import { anyOf, type Decision, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import { range, type Range } from "../../settings/settingKinds";
import {
  convertsFormat,
  destination,
  evaluateS3Configurations,
  partitionsDynamically,
} from "./s3Configurations";

/** The provider's, in MiB and seconds. */
const defaults = { bufferingSize: 5, bufferingInterval: 300 };
/** The API's, in MiB and seconds. */
const sizes = { minimum: 1, maximum: 128 };
const intervals = { minimum: 0, maximum: 900 };

export const firehoseBuffersAreBounded = resourceRule({
  name: "firehose-buffers-are-bounded",
  title: "Firehose buffers within bounds",
  description:
    "Buffer sizes and intervals are within the config's bounds and what AWS accepts for the features in use.",
  severity: "low",
  references: { wellArchitected: ["cost-optimization", "performance-efficiency"] },
  remediationSteps: "Set bufferingSize and bufferingInterval to values within the bounds.",
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html",
  types: [deliveryStreamType],
  settings: {
    sizeMiB: range(sizes, { min: 1, max: 128 }, "MiB that may be buffered per object."),
    intervalSeconds: range(
      intervals,
      { min: 0, max: 900 },
      "Seconds that records may be buffered for.",
    ),
  },
  evaluate({ props }, verdict, { sizeMiB, intervalSeconds }) {
    const partitions = partitionsDynamically(props);
    evaluateS3Configurations(props, verdict, (configuration, found) => {
      const isMain = configuration === destination;
      const hint = (name: keyof typeof defaults) => ({
        path: `${configuration}.${name}`,
        value: readValue(props, `${configuration}.${name}`) ?? defaults[name],
      });
      evaluateBounds(hint("bufferingSize"), found, [
        { ...sizeMiB, unit: "MiB", by: "this rule", holds: true },
        {
          min: 64,
          max: sizes.maximum,
          unit: "MiB",
          by: "dynamic partitioning and format conversion",
          holds: isMain && anyOf([partitions, convertsFormat(props)]),
        },
      ]);
      evaluateBounds(hint("bufferingInterval"), found, [
        { ...intervalSeconds, unit: "seconds", by: "this rule", holds: true },
        {
          min: 60,
          max: intervals.maximum,
          unit: "seconds",
          by: isMain ? "dynamic partitioning" : "backups",
          holds: isMain ? partitions : true,
        },
      ]);
    });
  },
});

interface Bounds extends Range {
  readonly unit: string;
  /** Who demands them. */
  readonly by: string;
  /** Whether they apply. */
  readonly holds: Decision;
}

function evaluateBounds(
  { path, value }: { readonly path: string; readonly value: unknown },
  verdict: Verdict,
  bounds: readonly Bounds[],
): void {
  for (const { min, max, unit, by, holds } of bounds) {
    if (holds === false || isWithin(value, min, max)) continue;
    if (value === UNKNOWN) verdict.undecided(path);
    else if (holds === UNKNOWN) verdict.undecided(`the use of ${by}`);
    else {
      verdict.violation(
        `${path} is not from ${min} to ${max} ${unit}, as demanded by ${by}: change it.`,
      );
    }
  }
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && value >= min && value <= max;
}
