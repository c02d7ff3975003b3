import {
  deliveryConfiguration,
  type StreamDelivery,
} from "../../aws/firehose/model/deliveryConfiguration";
import {
  declaredDeliveryStreams,
  type DeliveryStream,
  readDeliveryStream,
} from "../../aws/firehose/model/deliveryStream";
import { declaredTables, noTables, type TableLookup } from "../../aws/glue/catalogTable";
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

/** What a program does not say. */
interface Selection {
  /** Which delivery stream, by its name or that of its resource; undefined if there is only one. */
  readonly name?: string | undefined;
  /** Tables that another program declares. They replace those that the program declares. */
  readonly tables?: TableLookup;
}

/**
 * A delivery stream that a program declares, with the stream that it reads.
 *
 * @throws Error if there is no such delivery stream or several, or if the delivery stream uses features
 *   that are not supported locally
 */
export function declaredPipeline(
  graph: ResourceGraph,
  { name: selected, tables = noTables }: Selection = {},
): DeclaredPipeline {
  const declared = declaredTables(graph);
  const configuration = deliveryConfiguration(
    selectedStream(graph, selected),
    (database, table) => tables(database, table) ?? declared(database, table),
  );
  const { name, source } = configuration;
  if (source.type === "direct-put")
    throw new Error(
      `The delivery stream ${name} has no Kinesis source. Only one that reads a Kinesis stream can ` +
        "be simulated: set kinesisSourceConfiguration, or send records to it with streamlake local.",
    );
  return { configuration: { ...configuration, source }, stream: declaredStream(graph, source.arn) };
}

function selectedStream(graph: ResourceGraph, name: string | undefined): DeliveryStream {
  const all = declaredDeliveryStreams(graph).map(readDeliveryStream);
  const found = all.filter((one) => [undefined, one.resourceName, one.name].includes(name));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const stack = `Stack "${graph.stack}"`;
  if (all.length === 0)
    throw new Error(`${stack} declares no Firehose delivery stream: nothing can be simulated.`);
  const names = all.map(({ resourceName }) => resourceName).join(", ");
  throw new Error(
    name === undefined
      ? `${stack} declares several delivery streams (${names}): specify one with --delivery-stream.`
      : `${stack} declares no delivery stream ${name}. Specify one of these: ${names}.`,
  );
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
