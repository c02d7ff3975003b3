import {
  type DeliveryConfiguration,
  deliveryConfiguration,
} from "../../aws/firehose/model/deliveryConfiguration";
import {
  declaredDeliveryStreams,
  readDeliveryStream,
} from "../../aws/firehose/model/deliveryStream";
import { declaredTables, type TableLookup } from "../../aws/glue/catalogTable";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";

/**
 * The configurations of the delivery streams that a graph declares.
 *
 * @param others tables of the data catalog that the program does not declare
 * @throws one error with the problems of all delivery streams
 */
export function configurations(
  graph: ResourceGraph,
  others: TableLookup,
): readonly DeliveryConfiguration[] {
  const declared = declaredTables(graph);
  const tables: TableLookup = (...name) => others(...name) ?? declared(...name);
  const read: DeliveryConfiguration[] = [];
  const problems: string[] = [];
  for (const resource of declaredDeliveryStreams(graph)) {
    try {
      read.push(deliveryConfiguration(readDeliveryStream(resource), tables));
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return read;
}

/** Limits the buffer intervals of a delivery stream, and reports those that it shortens. */
export function withShorterIntervals(
  configuration: DeliveryConfiguration,
  maxIntervalSeconds: number,
  onLog: (line: string) => void,
): DeliveryConfiguration {
  const shortened = (output: DeliveryConfiguration, what: string): DeliveryConfiguration => {
    const { bufferSeconds } = output;
    if (bufferSeconds <= maxIntervalSeconds) return output;
    onLog(`${what}: buffer interval of ${bufferSeconds} s shortened to ${maxIntervalSeconds} s.`);
    return { ...output, bufferSeconds: maxIntervalSeconds, declaredBufferSeconds: bufferSeconds };
  };
  const { name, backup } = configuration;
  return {
    ...shortened(withFunctionInterval(configuration, maxIntervalSeconds), name),
    ...(backup && { backup: shortened(backup, `${name}, backup`) }),
  };
}

/** The same for the buffer in front of its function: a run with short intervals waits for neither. */
function withFunctionInterval(
  configuration: DeliveryConfiguration,
  maxIntervalSeconds: number,
): DeliveryConfiguration {
  const processors = configuration.processors.map((one) =>
    one.type === "Lambda"
      ? { ...one, bufferSeconds: Math.min(one.bufferSeconds, maxIntervalSeconds) }
      : one,
  );
  return { ...configuration, processors };
}
