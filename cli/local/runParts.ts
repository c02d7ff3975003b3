import { MINUTE, type StatisticSet, statisticOf } from "../../aws/cloudwatch/metricStore";
import type { FirehoseOperation } from "../../aws/firehose/delivery/deliveryEvent";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import { type ResourceGraph, revealed } from "../../engine/graph/resourceGraph";
import { checkAccess } from "../../local/access/checkAccess";
import { declaredKeys } from "../../local/access/declaredKeys";
import type { MeasuredMetric, Monitoring } from "../../local/monitoring/monitoring";
import type { LocalAws } from "../../local/run/startLocalAws";
import { logLine } from "../../records/diagnose/logLine";
import type { Evidence, Parts } from "../../records/diagnose/evidence";
import { diagnosedMetrics, type MetricName, metricNames } from "../../records/diagnose/metrics";
import { pageAlarms } from "./page/pageAlarms";
import { type FailingCall, isFailing } from "./page/state/failures";
import type { DeliveryStreamState } from "./page/state/pageState";

/** What the program declares of a delivery stream, in the form in which AWS would describe it. */
export function declaredParts(
  graph: ResourceGraph,
  configuration: DeliveryConfiguration,
): Pick<Parts, "deliveryStream" | "access" | "keys"> & Pick<Evidence, "expected"> {
  const { name, source, bucket, bufferSeconds, bufferBytes, partitions = false } = configuration;
  const expected = exportedNames(graph, name);
  return {
    deliveryStream: {
      ...{ name, status: "ACTIVE", bucket, bufferSeconds, bufferBytes, partitions },
      ...(source.type === "kinesis" && { streamArn: source.arn }),
      logsErrors: configuration.errorLog !== undefined,
    },
    access: decisionsOf(graph, name),
    keys: declaredKeys(graph, configuration).map(({ arn, encrypts, state }) => {
      return { id: arn, encrypts, state };
    }),
    ...(expected && { expected }),
  };
}

/** What the outputs of the program name, once it is deployed; undefined if they are of another pipeline. */
function exportedNames({ outputs }: ResourceGraph, name: string): Evidence["expected"] {
  const exported = (output: string): string | undefined => {
    const value = revealed(outputs[output] ?? null);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  if (exported("deliveryStreamName") !== name) return undefined;
  const [stream, bucket] = [exported("streamName"), exported("bucketName")];
  return { ...(stream !== undefined && { stream }), ...(bucket !== undefined && { bucket }) };
}

/** The stream that a delivery stream reads, as it is now; undefined if producers put records to it. */
export function streamPart(
  { source }: DeliveryConfiguration,
  { stream: find }: Pick<LocalAws, "stream">,
): Parts["stream"] | undefined {
  if (source.type !== "kinesis") return undefined;
  const { name, region } = source;
  const stream = find({ region, name });
  if (stream === undefined) return { name, status: "MISSING" };
  const { mode, retentionHours } = stream.settings;
  return { name, status: "ACTIVE", mode, retentionHours, shards: stream.openShards.length };
}

function decisionsOf(graph: ResourceGraph, name: string): Parts["access"] {
  const check = checkAccess(graph).find(
    ({ deliveryStream }) =>
      (deliveryStream.outputs["name"] ?? deliveryStream.inputs["name"]) === name,
  );
  return (check?.decisions ?? []).map(({ request, decision }) => {
    const { caller, action, resource } = request;
    const isTrust = action === "sts:AssumeRole";
    const roleArn = isTrust ? resource : "roleArn" in caller ? caller.roleArn : caller.service;
    const reason =
      decision.outcome === "denied"
        ? decision.message
        : decision.outcome === "undecided"
          ? decision.reason
          : undefined;
    return {
      ...{ roleArn, action, resource, outcome: decision.outcome },
      by: isTrust ? "trust policy" : "policies of the role",
      ...(reason !== undefined && { reason }),
    };
  });
}

type MeasuredParts = Pick<
  Parts,
  "access" | "alarms" | "buffer" | "errorLog" | "failingCalls" | "metrics"
>;

/** How far back a diagnosis looks. */
const lookBack = 3 * 3_600_000;

/** What has happened in a run, as CloudWatch would show it, and what only the run itself knows. */
export function measuredParts(
  state: DeliveryStreamState,
  monitoring: Monitoring,
  { now, startedAt }: { readonly now: number; readonly startedAt: number },
): MeasuredParts {
  const { configuration, buffer, deniedCalls, failingCalls } = state;
  const { errorLog } = configuration;
  const since = Math.max(startedAt, now - lookBack);
  const isCurrent = (call: FailingCall): boolean => isFailing(call, now);
  return {
    access: deniedCalls.filter(isCurrent).map((call) => deniedDecision(call, configuration)),
    alarms: pageAlarms(monitoring.declaredAlarms, monitoring.alarms(now)).map((alarm) => ({
      ...{ name: alarm.name, state: alarm.state },
      ...(alarm.condition !== undefined && { reason: alarm.condition }),
      ...(alarm.since !== undefined && { since: alarm.since }),
    })),
    buffer: {
      ...{ records: buffer.records, bytes: buffer.bytes },
      ...(buffer.due !== undefined && { due: buffer.due }),
    },
    errorLog: monitoring.errorLog.lines
      .filter((line) => line.at >= since && line.logGroupName === errorLog?.logGroupName)
      .map(({ at, message }) => logLine(at, message)),
    // Error log and metrics show failures of the function.
    failingCalls: failingCalls
      .filter((call) => isCurrent(call) && call.operation !== "InvokeFunction")
      .map(({ operation, code, message, failures, at, since: first }) => ({
        ...{ operation, code, message, failures, at },
        ...(first !== undefined && { since: first }),
      })),
    metrics: metricsOf(monitoring.metrics(), configuration, since),
  };
}

/** A call that was denied although the sample of the access check is allowed, e.g. for another key. */
function deniedDecision(
  { operation, message }: FailingCall,
  { source, roleArn, transformation }: DeliveryConfiguration,
): Parts["access"][number] {
  const [service, action] = actions[operation];
  const roles = {
    kinesis: source.type === "kinesis" ? source.roleArn : roleArn,
    lambda: transformation?.roleArn ?? roleArn,
    s3: roleArn,
  };
  return {
    ...{ roleArn: roles[service], action: `${service}:${action}`, resource: "" },
    ...{ outcome: "denied", by: "policies of the role", reason: message },
  };
}

const actions = {
  ListShards: ["kinesis", "ListShards"],
  GetShardIterator: ["kinesis", "GetShardIterator"],
  GetRecords: ["kinesis", "GetRecords"],
  InvokeFunction: ["lambda", "InvokeFunction"],
  PutObject: ["s3", "PutObject"],
  Checkpoint: ["s3", "PutObject"],
} as const satisfies Readonly<
  Record<FirehoseOperation, readonly ["kinesis" | "lambda" | "s3", string]>
>;

function metricsOf(
  measured: readonly MeasuredMetric[],
  { name, source }: DeliveryConfiguration,
  since: number,
): Parts["metrics"] {
  const series = metricNames.flatMap((metricName) => {
    const { namespace, metric } = diagnosedMetrics[metricName];
    const dimension =
      namespace === "AWS/Firehose" ? name : source.type === "kinesis" ? source.name : undefined;
    const found = measured.find(
      (one) =>
        one.namespace === namespace &&
        one.name === metric &&
        Object.values(one.dimensions).every((value) => value === dimension),
    );
    if (found === undefined) return [];
    const minutes = found.minutes.filter(({ at }) => at > since - MINUTE);
    return [[metricName, minutes.map((minute) => pointOf(metricName, minute))] as const];
  });
  return { since, periodSeconds: 60, series: Object.fromEntries(series) };
}

function pointOf(name: MetricName, minute: StatisticSet & { readonly at: number }) {
  const { statistic } = diagnosedMetrics[name];
  return { at: minute.at, value: statisticOf(statistic, [minute]) ?? 0 };
}
