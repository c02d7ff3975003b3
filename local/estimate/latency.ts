import { assumedPut } from "../simulation/simulatedBucket";
import { readSeconds } from "./objectFlow";
import type { EntryFlow } from "./flows";

/** Bounds of the time from a record's arrival to its object, without failures. */
export interface LatencyBounds {
  readonly deliveryStream: string;
  readonly output: "records" | "backup";
  /** Of a record that arrives just before its object ends. */
  readonly bestSeconds: number;
  /** Of the first record of an object. */
  readonly worstSeconds: number;
  /** The parts of the worst case. */
  readonly worst: {
    readonly read: number;
    readonly function: number;
    readonly buffer: number;
    readonly put: number;
  };
}

export function latencyBounds(flow: EntryFlow): readonly LatencyBounds[] {
  const { entry, deliveries } = flow;
  return deliveries.flatMap(({ delivery, outputs }) =>
    outputs.map((output) => {
      const isBackup = output.output.kind === "backup";
      const transformation = isBackup ? undefined : delivery.function;
      const put = assumedPut.medianMs / 1000 + output.storedBytes / assumedPut.bytesPerSecond;
      const worst = {
        read: entry.stream === undefined ? 0 : readSeconds,
        function: transformation?.bufferSeconds ?? 0,
        buffer: output.waitSeconds,
        put,
      };
      return {
        deliveryStream: delivery.name,
        output: output.output.kind,
        bestSeconds: put,
        worstSeconds: worst.read + worst.function + worst.buffer + worst.put,
        worst,
      };
    }),
  );
}
