import { shardLimits } from "../../local/simulation/shardTraffic";
import type { Distribution, SimulationResult } from "../../local/simulation/simulationResult";
import { byteSize, counted, grouped, timeText } from "../../records/amounts";
import type { SimulationDocument, SimulationSettings } from "./simulationDocument";

/** A line of the report, or a row of the page. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Whether something unwanted happened; absent if the fact is neutral. */
  readonly bad?: boolean;
}

/** What was simulated, with which result. */
export function resultFacts({ settings, result }: SimulationDocument): readonly Fact[] {
  return [
    ...trafficFacts(settings),
    ...recordFacts(settings, result),
    ...objectFacts(settings, result),
    ...featureFacts(settings, result),
    ...result.failedCalls.map(({ operation, code, times, ...call }) => ({
      name: "Failed calls",
      value: `${grouped(times)} x ${operation}${call.backup ? " of the backup" : ""}: ${code}`,
      bad: true,
    })),
  ];
}

function trafficFacts(settings: SimulationSettings): readonly Fact[] {
  const { recordsPerSecond, milliseconds, contents, stream, seed, outages } = settings;
  return [
    { name: "Traffic", value: `${rate(recordsPerSecond)} for ${timeText(milliseconds)}` },
    { name: "Records", value: `${contentText(contents)}; seed ${seed}` },
    { name: "Stream", value: streamText(stream) },
    ...outages.map((outage) => ({
      name: "Outage",
      value: `S3 is unavailable after ${timeText(outage.after)}, for ${timeText(outage.milliseconds)}`,
    })),
  ];
}

function recordFacts(settings: SimulationSettings, result: SimulationResult): readonly Fact[] {
  const { records, latency, minutes } = result;
  const { accepted, bytes, expired, delivered, undelivered } = records;
  return [
    { name: "Accepted", value: `${grouped(accepted)} records (${byteSize(bytes)})` },
    throttledFact(result, settings),
    bad("Expired", expired),
    { name: "Delivered", value: grouped(delivered) },
    bad("Undelivered", undelivered),
    { name: "Latency", value: spread(latency, timeText) },
    { name: "Largest lag", value: timeText(Math.max(...minutes.lag)) },
  ];
}

function objectFacts(
  { deliveryStream }: SimulationSettings,
  { objects }: SimulationResult,
): readonly Fact[] {
  const { data, reasons, bytes, storedBytes, allBytes, allStoredBytes, errors = [] } = objects;
  const { bufferBytes, bufferSeconds, compression, format } = deliveryStream;
  const full = `${grouped(reasons.size)} full at ${byteSize(bufferBytes)}`;
  const due = `${grouped(reasons.interval)} after ${bufferSeconds} s`;
  const estimate = `${percent(allStoredBytes, allBytes)} of the data`;
  return [
    { name: "Objects", value: `${grouped(data)} (${full}, ${due})` },
    bad("Error objects", objects.error),
    ...errors.map(({ errorOutputType, records }) => ({
      name: "Failed records",
      value: `${grouped(records)} as ${errorOutputType}`,
      bad: true,
    })),
    { name: "Object data", value: spread(bytes, byteSize) },
    { name: "Estimated size", value: spread(storedBytes, byteSize) },
    {
      name: "In the bucket",
      value: `${byteSize(allStoredBytes)} (${[format, compression].filter(Boolean).join(" with ")}, estimated: ${estimate})`,
    },
  ];
}

function featureFacts(settings: SimulationSettings, result: SimulationResult): readonly Fact[] {
  const { partitions, conversion, backup, functionCalls } = result;
  return [
    ...(partitions ? partitionFacts(settings, result, partitions) : []),
    ...(conversion ? [{ name: "Converted", value: `${grouped(conversion.records)} records` }] : []),
    ...(functionCalls === undefined ? [] : functionFacts(settings, result, functionCalls)),
    ...(backup ? [backupFact(settings.deliveryStream, backup)] : []),
  ];
}

/** Objects of partitions are small if records are spread over many, and only so many can be active. */
function partitionFacts(
  { partitionKeys }: SimulationSettings,
  { objects }: SimulationResult,
  { most, limit, recordsOverLimit }: NonNullable<SimulationResult["partitions"]>,
): readonly Fact[] {
  const many = most >= nearLimit * limit;
  const { type, values = 0 } = partitionKeys ?? {};
  const law = type === "zipf" ? ", few of them frequent" : "";
  return [
    ...(partitionKeys
      ? [{ name: "Partition keys", value: `${grouped(values)} values${law}` }]
      : []),
    {
      name: "Partitions",
      value: `at most ${grouped(most)} active at once; the limit is ${grouped(limit)}`,
      ...(many && { bad: true }),
    },
    ...(recordsOverLimit > 0 ? [bad("Over the limit", recordsOverLimit)] : []),
    {
      name: "Small objects",
      value: `${percent(objects.small, objects.data)} are below 1 MiB`,
      ...(objects.small > objects.data / 2 && { bad: true }),
    },
  ];
}

/** Part of the limit, as of the component's alarm `activePartitions`. */
const nearLimit = 0.8;

function functionFacts(
  { stream, milliseconds }: SimulationSettings,
  { recordsPerCall = 0 }: SimulationResult,
  calls: number,
): readonly Fact[] {
  const each = `${grouped(Math.round(recordsPerCall))} records each`;
  // Longer calls fall behind. Source: Firehose Developer Guide, "Quota".
  const time = (callsAtOnce * stream.shards * milliseconds) / calls;
  return [
    { name: "Function calls", value: `${grouped(calls)}, of ${each}; assumed to change nothing` },
    {
      name: "Function time",
      value:
        time >= longestCall
          ? `may take the ${timeText(longestCall)} that Firehose waits`
          : `may take ${timeText(time)} on average: ${callsAtOnce} calls at once for each shard`,
    },
  ];
}

const callsAtOnce = 5;
const longestCall = 5 * 60 * 1000;

function backupFact(
  { backup: declared }: SimulationSettings["deliveryStream"],
  { objects, records, storedBytes }: NonNullable<SimulationResult["backup"]>,
): Fact {
  const content = `${grouped(records)} records in ${counted(objects, "object")}`;
  const size = `${byteSize(storedBytes)}, ${declared?.compression ?? ""}, estimated`;
  return { name: "Backup", value: `${content} (${size})` };
}

/** Records that the shards rejected, and how many shards would have accepted them. */
function throttledFact({ records }: SimulationResult, settings: SimulationSettings): Fact {
  const { accepted, throttled } = records;
  if (throttled === 0) return bad("Throttled", 0);
  const share = percent(throttled, accepted + throttled);
  const needed = counted(neededShards(settings), "shard");
  return {
    name: "Throttled",
    value: `${grouped(throttled)} (${share} of all); needed: at least ${needed}`,
    bad: true,
  };
}

/** More than there are, and enough for the average traffic. Source: Kinesis, "Quotas and limits". */
function neededShards({ recordsPerSecond, contents, stream }: SimulationSettings): number {
  const forRecords = recordsPerSecond / shardLimits.recordsPerSecond;
  const forBytes =
    (recordsPerSecond * (contents.bytes + shardLimits.partitionKeyBytes)) /
    shardLimits.bytesPerSecond;
  return Math.max(stream.shards + 1, Math.ceil(Math.max(forRecords, forBytes)));
}

/** With one decimal below 10 %, so that a small share is not 0 %. */
function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  if (share === 0 || share >= 10) return `${Math.round(share)} %`;
  return share < 0.1 ? "< 0.1 %" : `${share.toFixed(1)} %`;
}

function bad(name: string, count: number): Fact {
  return { name, value: grouped(count), bad: count > 0 };
}

function streamText({
  shards,
  mode,
  declared,
  retentionHours,
}: SimulationSettings["stream"]): string {
  const modeText = declared ? mode : `${mode}, assumed: not declared`;
  return `${counted(shards, "shard")} (${modeText}), retention ${retentionHours} h`;
}

function contentText(contents: SimulationSettings["contents"]): string {
  const { input, records, bytes, uncompressedBytes = bytes } = contents;
  const size = byteSize(Math.round(uncompressedBytes));
  const compressed =
    contents.uncompressedBytes === undefined
      ? ""
      : `, each compressed to ${byteSize(Math.round(bytes))}`;
  if (input === undefined) return `generated events of ${size}${compressed}`;
  return `${grouped(records)} of ${input}, on average ${size}${compressed}`;
}

function rate(perSecond: number): string {
  const [value, unit] = perSecond >= 1 ? [perSecond, "s"] : [perSecond * 3600, "h"];
  return `${value.toLocaleString("en-US", { maximumFractionDigits: 2 })} records/${unit}`;
}

function spread({ min, p50, p99, max }: Distribution, format: (value: number) => string): string {
  return `min ${format(min)}, p50 ${format(p50)}, p99 ${format(p99)}, max ${format(max)}`;
}
