import {
  declaredDeliveryStreams,
  type DeliveryStream,
  readDeliveryStream,
} from "../../../aws/firehose/model/deliveryStream";
import { nameInArn } from "../../../components/iam/arn";
import { InputReader } from "../../../engine/graph/inputReader";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { declaredStream, existingResources } from "../../access/declaredResources";
import type { PricedEntry, PricedStack, PricedStream } from "./pricedStack";
import { Assumptions, readDelivery } from "./readPricedDelivery";

/**
 * Reads what of a program costs money: its delivery streams, with the streams that they read and the
 * buckets that they write to, and its keys, alarms, dashboards and log groups.
 *
 * @param region of the resources that do not set one
 * @param only name of one delivery stream, in the program or in AWS; undefined for all
 * @throws Error if the program declares no delivery stream, or not that one
 */
export function readPricedStack(graph: ResourceGraph, region: string, only?: string): PricedStack {
  const assumptions = new Assumptions();
  const declared = declaredDeliveryStreams(graph).map(readDeliveryStream);
  const chosen = declared.filter(
    ({ resourceName, name }) => only === undefined || resourceName === only || name === only,
  );
  if (chosen.length === 0) throw new Error(noDeliveryStream(graph, declared, only));
  const entries = entriesOf(graph, chosen, assumptions);
  if (entries.length > 1)
    assumptions.add(
      `Each of ${entries.length} streams gets the whole traffic; --delivery-stream selects one.`,
    );
  const own = (type: string): readonly GraphResource[] =>
    resourcesOfType(graph, type).filter(({ external }) => !external);
  return {
    name: graph.stack,
    region,
    entries,
    keys: own("aws:kms/key:Key").length + own("aws:kms/replicaKey:ReplicaKey").length,
    alarms: {
      metrics: own("aws:cloudwatch/metricAlarm:MetricAlarm").map(metricsOf).reduce(added, 0),
      composite: own("aws:cloudwatch/compositeAlarm:CompositeAlarm").length,
    },
    dashboards: own("aws:cloudwatch/dashboard:Dashboard").length,
    logGroups: own("aws:cloudwatch/logGroup:LogGroup").length,
    assumptions: assumptions.all,
  };
}

function noDeliveryStream(
  { stack }: ResourceGraph,
  declared: readonly DeliveryStream[],
  only: string | undefined,
): string {
  if (only === undefined || declared.length === 0)
    return `Stack "${stack}" declares no Firehose delivery stream: there is nothing to estimate.`;
  const names = declared.map(({ resourceName }) => resourceName).join(", ");
  return `Stack "${stack}" has no delivery stream "${only}"; it has ${names}.`;
}

/** Delivery streams with the same source share an entry. */
function entriesOf(
  graph: ResourceGraph,
  deliveryStreams: readonly DeliveryStream[],
  assumptions: Assumptions,
): readonly PricedEntry[] {
  const entries = new Map<string, PricedEntry>();
  for (const deliveryStream of deliveryStreams) {
    const { source, resourceName } = deliveryStream;
    const delivery = readDelivery(graph, deliveryStream, assumptions);
    const arn = source.type === "kinesis" ? source.streamArn : undefined;
    if (source.type === "msk")
      assumptions.add(`The Kafka cluster that ${resourceName} reads is not included.`);
    const key = typeof arn === "string" ? arn : resourceName;
    const known = entries.get(key);
    entries.set(key, {
      name: known?.name ?? nameOf(graph, arn) ?? resourceName,
      stream:
        source.type === "kinesis"
          ? (known?.stream ?? readStream(graph, arn, assumptions))
          : undefined,
      deliveries: [...(known?.deliveries ?? []), delivery],
    });
  }
  return [...entries.values()];
}

/** Of the stream in the program, or else in AWS. */
function nameOf(graph: ResourceGraph, arn: string | Unknown | undefined): string | undefined {
  return typeof arn === "string"
    ? (declaredStream(graph, arn).resource?.name ?? nameInArn(arn))
    : undefined;
}

function readStream(
  graph: ResourceGraph,
  arn: string | Unknown | undefined,
  assumptions: Assumptions,
): PricedStream {
  const known = typeof arn === "string" ? arn : "";
  const { resource } = known === "" ? {} : declaredStream(graph, known);
  if (resource === undefined) {
    const name = known === "" ? "that is unknown until deployment" : nameInArn(known);
    assumptions.add(`The stack does not declare the stream ${name}, so its cost is not included.`);
    const encrypted = existingResources(graph).streamKeys.has(known);
    return { ...newStream, declared: false, encrypted };
  }
  const inputs = new InputReader(resource.inputs);
  const mode = inputs.group("streamModeDetails").text("streamMode");
  const shards = inputs.number("shardCount");
  const isOnDemand = mode === "ON_DEMAND" || (mode === undefined && shards === undefined);
  return {
    declared: true,
    mode: isOnDemand ? "on-demand" : "provisioned",
    shards: isOnDemand ? undefined : (shards ?? 1),
    retentionHours: inputs.number("retentionPeriod") ?? newStream.retentionHours,
    encrypted: inputs.text("encryptionType") === "KMS",
    shardLevelMetrics: shardLevelMetrics(resource),
  };
}

const newStream = {
  mode: "on-demand",
  shards: undefined,
  retentionHours: 24,
  shardLevelMetrics: 0,
} as const;

/** `ALL` stands for the seven metrics. Source: Kinesis API, EnableEnhancedMonitoring. */
function shardLevelMetrics({ inputs }: GraphResource): number {
  const metrics = inputs["shardLevelMetrics"];
  if (!Array.isArray(metrics)) return 0;
  return metrics.includes("ALL") ? 7 : metrics.length;
}

/** The metrics of an alarm, each of which is billed; expressions are not. */
function metricsOf(alarm: GraphResource): number {
  const queries = new InputReader(alarm.inputs).groups("metricQueries");
  return queries.filter((query) => query.names.includes("metric")).length || 1;
}

function added(sum: number, count: number): number {
  return sum + count;
}
