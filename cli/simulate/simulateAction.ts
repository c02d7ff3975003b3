import path from "node:path";
import { readStack, type StackSettings } from "../../engine/stack/stackFile";
import { Monitoring } from "../../local/monitoring/monitoring";
import { processContents } from "../../local/simulation/processedContents";
import type { KeyDistribution } from "../../local/simulation/madeUpKeys";
import { declaredPipeline, type DeclaredPipeline } from "../../local/simulation/declaredPipeline";
import { type PackedSample, packSample } from "../../local/simulation/estimatedPacking";
import { simulate } from "../../local/simulation/simulate";
import type { Outage } from "../../local/simulation/traffic";
import { declaredGraph } from "../declaredGraph";
import { interruptible } from "../interruptible";
import { readTableFiles, type TableFile } from "../local/tableFiles";
import { ignoreInGit, runsDirectory } from "../local/runDirectory";
import { print, printMessage } from "../output";
import { progressBar } from "../progressBar";
import { timeText } from "../../records/amounts";
import { preparePage } from "../reports/plotPage";
import { stdoutColors } from "../reports/terminal";
import { compressionNote } from "../send/sendReport";
import { writeReportPage } from "./page/reportPage";
import { asProducersSend, generatedContents, inputContents } from "./recordContents";
import {
  type ContentSizes,
  documentJson,
  type SimulationDocument,
  type SimulationSettings,
} from "./simulationDocument";
import { simulationReport, simulationSucceeded } from "./simulationReport";

export interface SimulateOptions {
  /** Default: the selected stack, or the only one. */
  readonly stack?: string;
  /** Records per second. */
  readonly rate: number;
  /** Bytes of each generated record. */
  readonly size: number;
  readonly input?: string;
  /** Milliseconds of traffic. */
  readonly duration: number;
  readonly outage?: readonly Outage[];
  /** Made-up partition keys, in place of those of the records. */
  readonly partitions?: KeyDistribution;
  readonly table?: readonly TableFile[];
  /** Name of the resource or of the delivery stream; required only if a program has several. */
  readonly deliveryStream?: string;
  readonly seed: number;
  readonly json?: boolean;
  readonly report?: string;
  readonly cwd: string;
}

/** Beginning of every simulation; fixed, so that the result does not depend on the current time. */
const begin = Date.UTC(2026, 0, 1);

/**
 * Simulates the delivery stream of a stack, prints a report, and writes a page with plots.
 *
 * @returns the exit code: 0 everything was delivered, 1 something was not, 130 interrupted
 * @throws Error if the simulation cannot start
 */
export function simulateStack(given: SimulateOptions): Promise<number> {
  return interruptible(async (signal) => {
    const settings = readStack(path.resolve(given.cwd), given.stack);
    const options = { ...given, stack: settings.stack };
    const { stack, cwd, json, report } = options;
    checkOutages(options);
    const file = path.resolve(cwd, report ?? path.join(runsDirectory, stack, "simulation.html"));
    if (report === undefined) ignoreInGit(path.resolve(cwd, runsDirectory));
    preparePage(file, "--report");
    const document = await run(options, settings, signal);
    writeReportPage(file, document);
    const shown = path.relative(process.cwd(), file);
    print(
      json === true ? documentJson(document) : simulationReport(document, shown, stdoutColors()),
    );
    if (json === true) printMessage(`Report: ${shown}`);
    return simulationSucceeded(document) ? 0 : 1;
  });
}

/** @throws Error if an outage starts after the traffic, and so would have no effect on it */
function checkOutages({ outage = [], duration }: SimulateOptions): void {
  for (const { after } of outage)
    if (after >= duration)
      throw new Error(
        `--outage starts after ${timeText(after)}, but the traffic ends after ` +
          `${timeText(duration)}. Specify an earlier start, or a longer --duration.`,
      );
}

type StackSimulation = SimulateOptions & { readonly stack: string };

async function run(
  options: StackSimulation,
  stackSettings: StackSettings,
  signal: AbortSignal,
): Promise<SimulationDocument> {
  const { input, size, seed, cwd } = options;
  // Read first, so that an unreadable file is reported before anything starts.
  const lines =
    input === undefined
      ? generatedContents(size, seed)
      : await inputContents(input === "-" ? "-" : path.resolve(cwd, input), printMessage, signal);
  const graph = await declaredGraph(stackSettings, signal);
  const tables = readTableFiles(options.table ?? [], cwd);
  const pipeline = declaredPipeline(graph, { tables, name: options.deliveryStream });
  const { configuration, stream } = pipeline;
  const { contents, sizes } = asProducersSend(lines, configuration);
  if (sizes.uncompressedBytes !== undefined) printMessage(compressionNote(configuration.name));
  const { partitions: keys } = options;
  const processed = await processContents(contents, configuration, keys !== undefined);
  const sample = await packSample(processed.delivered, configuration);
  const { backup } = configuration;
  const backupSample = backup && (await packSample(contents, backup));
  const settings = settingsOf(options, pipeline, sizes, sample);
  const monitoring = new Monitoring(graph);
  const end = begin + options.duration;
  printMessage(`Simulating ${timeText(options.duration)} of ${configuration.name} ...`);
  const progress = simulationProgress(begin, end);
  try {
    const result = await simulate({
      configuration,
      shards: stream.shards,
      retentionHours: stream.retentionHours,
      traffic: { contents, recordsPerSecond: options.rate, begin, end },
      ...{ processed, sample },
      ...(keys && { keys }),
      ...(backupSample && { backupSample }),
      outages: options.outage ?? [],
      seed,
      onDelivery: monitoring.onDelivery,
      onKinesis: monitoring.onKinesis,
      onProgress: progress.onTime,
      signal,
    });
    const alarms = monitoring.alarms(begin + result.milliseconds);
    return { settings, result, alarms, errorLog: monitoring.errorLog };
  } finally {
    progress.hide();
  }
}

function settingsOf(
  { stack, rate, input, duration, seed, outage = [], ...options }: StackSimulation,
  { configuration, stream }: DeclaredPipeline,
  sizes: ContentSizes,
  sample: PackedSample,
): SimulationSettings {
  const { name, source, bufferBytes, bufferSeconds, backup, conversion } = configuration;
  const { partitions, table, deliveryStream: selected } = options;
  const compression = conversion?.to.compression ?? configuration.compression;
  return {
    stack,
    begin: new Date(begin).toISOString(),
    milliseconds: duration,
    recordsPerSecond: rate,
    contents: { ...(input !== undefined && { input }), ...sizes },
    seed,
    outages: outage,
    ...(partitions && { partitionKeys: partitions }),
    ...(table && { tables: table }),
    ...(selected !== undefined && { selected }),
    stream: { name: source.name, ...stream },
    deliveryStream: {
      ...{ name, bufferBytes, bufferSeconds, compression, sample },
      ...(conversion && { format: "Parquet" as const }),
      ...(backup && { backup: { compression: backup.compression } }),
    },
  };
}

/** A progress bar that shows the simulated time. */
interface SimulationProgress {
  /** @param now simulated time in milliseconds since 1970 */
  readonly onTime: (now: number) => void;
  hide(): void;
}

/** @param end end of the traffic; the delivery of the last records takes a little longer */
function simulationProgress(begin: number, end: number): SimulationProgress {
  const line = progressBar(30, "Simulating {bar} {time} of {whole}");
  const whole = timeText(end - begin);
  line.start(end - begin, 0, { time: timeText(0), whole });
  return {
    onTime: (now) => {
      const passed = Math.min(now, end) - begin;
      line.update(passed, { time: timeText(passed), whole });
    },
    hide: () => {
      line.stop();
    },
  };
}
