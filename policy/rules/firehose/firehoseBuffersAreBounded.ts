import { anyOf, type Decision, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import { range, type Range } from "../../settings/setting";
import { destination } from "./destinations";
import {
  convertsFormat,
  evaluateS3Configurations,
  partitionsDynamically,
} from "./s3Configurations";

/** The provider's defaults, in MiB and seconds. */
const defaults = { bufferingSize: 5, bufferingInterval: 300 };
/** Limits of the API, in MiB and seconds. */
const sizes = { minimum: 1, maximum: 128 };
const intervals = { minimum: 0, maximum: 900 };

export const firehoseBuffersAreBounded = resourceRule({
  name: "firehose-buffers-are-bounded",
  title: "Delivery streams have bounded buffers",
  description:
    "Buffer sizes and intervals are within the config's bounds, and AWS accepts them for the features in use.",
  severity: "low",
  references: { wellArchitected: ["cost-optimization", "performance-efficiency"] },
  remediationSteps: "Set bufferingSize and bufferingInterval to values within the bounds.",
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html",
  types: [deliveryStreamType],
  settings: {
    sizeMiB: range(sizes, { min: 1, max: 128 }, "Allowed buffer sizes, in MiB per object."),
    intervalSeconds: range(
      intervals,
      { min: 0, max: 900 },
      "Allowed buffer intervals, in seconds.",
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
        { ...sizeMiB, unit: "MiB", source: "this rule", applies: true },
        {
          min: 64,
          max: sizes.maximum,
          unit: "MiB",
          source: "dynamic partitioning and format conversion",
          applies: isMain && anyOf([partitions, convertsFormat(props)]),
        },
      ]);
      evaluateBounds(hint("bufferingInterval"), found, [
        { ...intervalSeconds, unit: "seconds", source: "this rule", applies: true },
        {
          min: 60,
          max: intervals.maximum,
          unit: "seconds",
          source: isMain ? "dynamic partitioning" : "backups",
          applies: isMain ? partitions : configuration.endsWith(".s3BackupConfiguration"),
        },
      ]);
    });
  },
});

interface Bounds extends Range {
  readonly unit: string;
  /** What requires them. */
  readonly source: string;
  readonly applies: Decision;
}

function evaluateBounds(
  { path, value }: { readonly path: string; readonly value: unknown },
  verdict: Verdict,
  bounds: readonly Bounds[],
): void {
  for (const { min, max, unit, source, applies } of bounds) {
    if (applies === false || isWithin(value, min, max)) continue;
    if (value === UNKNOWN) verdict.undecided(path);
    else if (applies === UNKNOWN) verdict.undecided(`the use of ${source}`);
    else {
      verdict.violation(
        `${path} must be from ${min} to ${max} ${unit}, as required by ${source}: change it.`,
      );
    }
  }
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && value >= min && value <= max;
}
