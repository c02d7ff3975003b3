import { Unknown } from "../../../engine/graph/resourceGraph";
import { numberIn } from "../model/allowedValues";
import type { Declared } from "../model/declaredInputs";
import { type Feature, shownInputs } from "./feature";

/** Objects by partition keys that are extracted from records. */
export interface DynamicPartitioning {
  /**
   * How long Firehose retries what cannot be delivered to a partition. What it does afterwards is not
   * documented; the local delivery engine retries as without partitions.
   */
  readonly retrySeconds: Declared<number>;
}

/** Undefined unless it is enabled. */
export const dynamicPartitioning: Feature<Declared<DynamicPartitioning | undefined>> = {
  read(destination) {
    const inputs = destination.group(name);
    const enabled = inputs.flag("enabled") ?? false;
    if (enabled instanceof Unknown) return enabled;
    if (!enabled) return undefined;
    // API, RetryOptions `DurationInSeconds`.
    const range = { minimum: 0, maximum: 7200 };
    return { retrySeconds: numberIn(inputs, "retryDuration", range, 300) };
  },
  report: (destination) =>
    shownInputs(destination.group(name), [
      { label: "dynamic partitioning", input: "enabled" },
      { label: "partition retry", input: "retryDuration", unit: " s" },
    ]),
};

const name = "dynamicPartitioningConfiguration";
