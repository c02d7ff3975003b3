import {
  deliveryConfiguration,
  type StreamDelivery,
} from "../../aws/firehose/model/deliveryConfiguration";
import {
  declaredDeliveryStreams,
  readDeliveryStream,
} from "../../aws/firehose/model/deliveryStream";
import { declaredTables } from "../../aws/glue/catalogTable";
import { InputReader } from "../../engine/graph/inputReader";
import { resourcesOfType, type ResourceGraph } from "../../engine/graph/resourceGraph";

/** The part of a stack that is simulated. */
export interface DeclaredPipeline {
  readonly configuration: StreamDelivery;
  readonly stream: DeclaredStream;
}

interface DeclaredStream {
  /** False for an existing stream. The other properties are then the defaults of a new stream. */
  readonly declared: boolean;
  readonly mode: "on-demand" | "provisioned";
  readonly shards: number;
  readonly retentionHours: number;
}

/**
 * The delivery stream that a program declares, with the stream that it reads.
 *
 * @throws Error if the program declares no delivery stream or several, or if the delivery stream
 *   uses features that are not supported locally
 */
export function declaredPipeline(graph: ResourceGraph): DeclaredPipeline {
  const [only, ...others] = declaredDeliveryStreams(graph);
  if (only === undefined)
    throw new Error(
      `Stack "${graph.stack}" declares no Firehose delivery stream: nothing can be simulated.`,
    );
  if (others.length > 0) {
    const names = [only, ...others].map(({ name }) => name).join(", ");
    throw new Error(
      `Stack "${graph.stack}" declares several delivery streams (${names}): only one can be simulated.`,
    );
  }
  const configuration = deliveryConfiguration(readDeliveryStream(only), declaredTables(graph));
  const { name, source } = configuration;
  if (source.type === "direct-put")
    throw new Error(
      `The delivery stream ${name} has no Kinesis source. Only one that reads a Kinesis stream can ` +
        "be simulated: set kinesisSourceConfiguration, or send records to it with streamlake local.",
    );
  return { configuration: { ...configuration, source }, stream: declaredStream(graph, source.arn) };
}

function declaredStream(graph: ResourceGraph, arn: string): DeclaredStream {
  const stream = resourcesOfType(graph, streamType).find(
    ({ outputs }) => new InputReader(outputs).text("arn") === arn,
  );
  if (stream === undefined || stream.external) return { declared: false, ...newStream };
  const inputs = new InputReader(stream.inputs);
  const retentionHours = inputs.number("retentionPeriod") ?? newStream.retentionHours;
  const shardCount = inputs.number("shardCount");
  return shardCount === undefined
    ? { ...newStream, declared: true, retentionHours }
    : { declared: true, mode: "provisioned", shards: shardCount, retentionHours };
}

/** An on-demand stream has 4 shards until its traffic needs more (Kinesis Developer Guide). */
const newStream = { mode: "on-demand", shards: 4, retentionHours: 24 } as const;

const streamType = "aws:kinesis/stream:Stream";
