import path from "node:path";
import { realPacking } from "../../aws/firehose/delivery/outgoingObjects";
import {
  deliveryConfiguration,
  type DeliveryConfiguration,
} from "../../aws/firehose/model/deliveryConfiguration";
import {
  declaredDeliveryStreams,
  readDeliveryStream,
} from "../../aws/firehose/model/deliveryStream";
import { declaredTables } from "../../aws/glue/catalogTable";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { outputKey } from "../../local/estimate/flows";
import type { PricedStack } from "../../local/estimate/stack/pricedStack";
import type { StoredSize } from "../../local/estimate/storedSizes";
import { MIB, type SizeShare, sizesOf } from "../../local/estimate/traffic";
import { printMessage } from "../output";
import {
  asProducersSend,
  type Contents,
  generatedContents,
  inputContents,
} from "../simulate/recordContents";

/** What records show of a traffic: their sizes, and how well they compress. */
export interface SampledRecords {
  /** As producers put them. */
  readonly sizes: readonly SizeShare[];
  /** Mean, if a delivery stream decompresses them. */
  readonly decompressedBytes?: number;
  readonly stored: ReadonlyMap<string, readonly StoredSize[]>;
}

/** The lines of an input file, or generated events of one size. */
export async function sampleLines(
  { input, size, cwd }: { readonly input?: string; readonly size: number; readonly cwd: string },
  signal: AbortSignal,
): Promise<Contents> {
  if (input === undefined) return generatedContents(size, seed);
  const file = input === "-" ? "-" : path.resolve(cwd, input);
  return inputContents(file, printMessage, signal);
}

/** Any seed: the same events each time. */
const seed = 1;

/**
 * Packs records as the delivery streams of a stack do. For one that cannot run locally, nothing is
 * measured.
 */
export async function sampleRecords(
  graph: ResourceGraph,
  stack: PricedStack,
  lines: Contents,
): Promise<SampledRecords> {
  const stored = new Map<string, readonly StoredSize[]>();
  let sent = lines;
  let decompresses = false;
  for (const { name, ...configuration } of runnable(graph, stack)) {
    const { contents } = asProducersSend(lines, configuration.records);
    const isDecompressed = configuration.records.processors.some(
      ({ type }) => type === "Decompression",
    );
    if (contents !== lines) sent = contents;
    decompresses ||= isDecompressed;
    const { records, backup } = configuration;
    for (const [kind, packed, data] of [
      ["records", records, isDecompressed ? lines : contents],
      ["backup", backup, contents],
    ] as const) {
      const sizes = packed && (await packedSizes(data, packed).catch(() => undefined));
      if (sizes !== undefined) stored.set(outputKey(name, kind), sizes);
    }
  }
  const mean = lines.reduce((sum, { length }) => sum + length, 0) / lines.length;
  return {
    sizes: sizesOf(sent.map(({ length }) => length)),
    ...(decompresses && { decompressedBytes: mean }),
    stored,
  };
}

interface Runnable {
  readonly name: string;
  readonly records: DeliveryConfiguration;
  readonly backup: DeliveryConfiguration | undefined;
}

function runnable(graph: ResourceGraph, stack: PricedStack): readonly Runnable[] {
  const names = new Set(
    stack.entries.flatMap(({ deliveries }) => deliveries.map(({ name }) => name)),
  );
  const tables = declaredTables(graph);
  return declaredDeliveryStreams(graph)
    .filter(({ name }) => names.has(name))
    .flatMap((resource) => {
      try {
        const records = deliveryConfiguration(readDeliveryStream(resource), tables);
        return [{ name: resource.name, records, backup: records.backup }];
      } catch {
        // An estimate needs less of a delivery stream than a run does.
        return [];
      }
    });
}

/** Objects of one record, of 8, of 64 and so on, up to a full buffer or 8 MiB. */
async function packedSizes(
  contents: Contents,
  configuration: DeliveryConfiguration,
): Promise<readonly StoredSize[]> {
  const sizes: StoredSize[] = [];
  const limit = Math.min(configuration.bufferBytes, largestSample);
  const delimiter = configuration.newlineDelimiter ? 1 : 0;
  for (let records = 1; ; records *= 8) {
    const packed = contents.slice(0, records);
    const bytes = packed.reduce((sum, { length }) => sum + length + delimiter, 0);
    const { storedBytes, converted } = await realPacking(
      packed.map((data) => ({ record: { data, arrival: 0, sequenceNumber: "0" }, data })),
      configuration,
    );
    // Records without the columns of the table measure nothing.
    if ((converted?.failures.length ?? 0) > 0) throw new Error("Records cannot be converted.");
    const before = sizes.at(-1);
    if (before === undefined || bytes > before.bytes)
      sizes.push({ bytes, storedBytes: Math.max(storedBytes, before?.storedBytes ?? 0) });
    if (bytes >= limit || records >= contents.length) return sizes;
  }
}

const largestSample = 8 * MIB;
