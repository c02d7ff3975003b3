import { writeFileSync } from "node:fs";
import path from "node:path";
import { awsRegion } from "../../engine/stack/awsRegion";
import { readStack } from "../../engine/stack/stackFile";
import { estimate } from "../../local/estimate/estimate";
import type { EstimateOptions } from "../../local/estimate/flows";
import { readPricedStack } from "../../local/estimate/stack/readPricedStack";
import { sweeps } from "../../local/estimate/sweep";
import { type TrafficProfile, usualMonthHours } from "../../local/estimate/traffic";
import { lazyImport } from "../lazyImport";
import { declaredGraph } from "../declaredGraph";
import { interruptible } from "../interruptible";
import type { AwsOptions } from "../options";
import { print, printMessage, reportOutput } from "../output";
import { jsonText } from "../reports/printable";
import { columnsOf, stdoutColors } from "../reports/terminal";
import { pricesOf } from "./builtInPrices";
import { estimateReport } from "./estimateReport";
import type { MeasuredTraffic } from "./measuredTraffic";
import { sampleLines, sampleRecords } from "./sampledRecords";
import { defaultRecordBytes, type TrafficOptions } from "./trafficOptions";

export interface EstimateCommandOptions extends TrafficOptions, AwsOptions {
  /** Default: the selected stack, or the only one. */
  readonly stack?: string;
  /** Days; true for the default. */
  readonly measured?: number | true;
  readonly stream?: string;
  readonly stackExport?: string;
  readonly deliveryStream?: string;
  readonly partitions?: number;
  readonly functionMs?: number;
  readonly jqHours?: number;
  readonly month: number;
  readonly prices?: string;
  /** USD. */
  readonly budget?: number;
  readonly page?: string;
  readonly json?: boolean;
  readonly cwd: string;
}

/**
 * Estimates a stack, prints the estimate and, if asked for, writes a page with plots.
 *
 * @returns the exit code: 1 if the month costs more than the budget
 * @throws Error if nothing can be estimated
 */
export function estimateStack(options: EstimateCommandOptions): Promise<number> {
  checkOptions(options);
  return interruptible(async (signal) => {
    const cwd = path.resolve(options.cwd);
    const settings = readStack(cwd, options.stack);
    const region = awsRegion(settings);
    // Read first, so that what is invalid is reported before anything starts.
    const prices = pricesOf(region, options.prices, cwd);
    const page = options.page === undefined ? undefined : await preparedPage(cwd, options.page);
    const lines = options.input === undefined ? undefined : await readLines(options, cwd, signal);
    const graph = await declaredGraph(settings, signal);
    const stack = readPricedStack(graph, region, options.deliveryStream);
    const measured =
      options.measured === undefined
        ? undefined
        : await measure(
            { ...options, stack: settings.stack },
            stack.entries[0]?.stream !== undefined,
          );
    const size = options.size ?? Math.round(measured?.recordBytes ?? defaultRecordBytes);
    const contents = lines ?? (await sampleLines({ size, cwd }, signal));
    const { stored, ...records } = await sampleRecords(graph, stack, contents);
    const traffic = trafficOf(options, measured, records);
    const estimateOptions: EstimateOptions = {
      month: { hours: usualMonthHours, number: options.month },
      activePartitions: options.partitions,
      functionMs: options.functionMs,
      jqHours: options.jqHours,
      stored,
    };
    const result = estimate(stack, traffic, prices, estimateOptions, new Date());
    const source = {
      ...(options.input && { input: options.input }),
      ...(measured && { measured }),
    };
    if (options.json === true) print(jsonText({ ...result, source }));
    else {
      const columns = columnsOf(reportOutput());
      print(estimateReport(result, { columns, colors: stdoutColors(), source }));
    }
    if (page !== undefined) {
      const curves = sweeps(stack, traffic, prices, estimateOptions);
      writeFileSync(page.file, page.render(result, curves, source));
      printMessage(`Page: ${path.relative(process.cwd(), page.file)}`);
    }
    return result.total.amount > (options.budget ?? Infinity) ? 1 : 0;
  });
}

/** @throws Error if the traffic is not specified, or an option has no effect */
function checkOptions(options: EstimateCommandOptions): void {
  const { rate, measured, stream, stackExport } = options;
  if (rate === undefined && measured === undefined)
    throw new Error(
      "Specify the traffic: --rate 500/s with --size or --input, or --measured for that of the deployed stream.",
    );
  const ofMeasured = { stream, "stack-export": stackExport, ...awsOptionsOf(options) };
  for (const [name, value] of Object.entries(ofMeasured))
    if (value !== undefined && measured === undefined)
      throw new Error(`--${name} needs --measured, which reads CloudWatch.`);
  if (stream !== undefined && stackExport !== undefined)
    throw new Error(
      "--stream cannot be combined with --stack-export: the export names the stream.",
    );
}

function awsOptionsOf({ region, profile, endpoint }: AwsOptions): AwsOptions {
  return {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function readLines(options: EstimateCommandOptions, cwd: string, signal: AbortSignal) {
  const { input } = options;
  return sampleLines({ ...(input !== undefined && { input }), size: 0, cwd }, signal);
}

async function measure(
  options: EstimateCommandOptions & { readonly stack: string },
  isStream: boolean,
): Promise<MeasuredTraffic> {
  type Measured = typeof import("./measuredTraffic");
  const { measuredTraffic } = await lazyImport<Measured>(module, "./measuredTraffic");
  return measuredTraffic(
    {
      ...awsOptionsOf(options),
      stack: options.stack,
      stackExport: options.stackExport,
      stream: options.stream,
      days: options.measured === true ? undefined : options.measured,
    },
    isStream,
    new Date(),
  );
}

async function preparedPage(cwd: string, page: string) {
  type Page = typeof import("./page/estimatePage");
  const { estimatePage } = await lazyImport<Page>(module, "./page/estimatePage");
  type Plots = typeof import("../reports/plotPage");
  const { preparePage } = await lazyImport<Plots>(module, "../reports/plotPage");
  const file = path.resolve(cwd, page);
  preparePage(file, "--page");
  return { file, render: estimatePage };
}

/** What was measured has only a mean size; the records of an input have their sizes. */
function trafficOf(
  { rate, peak, hours, input }: EstimateCommandOptions,
  measured: MeasuredTraffic | undefined,
  records: Pick<TrafficProfile, "sizes" | "decompressedBytes">,
): TrafficProfile {
  const recordsPerSecond = measured?.recordsPerSecond ?? rate ?? 0;
  const sizes =
    measured !== undefined && input === undefined
      ? [{ bytes: measured.recordBytes, share: 1 }]
      : records.sizes;
  return {
    ...records,
    sizes,
    recordsPerSecond,
    peakRecordsPerSecond: Math.max(recordsPerSecond, measured?.peakRecordsPerSecond ?? peak ?? 0),
    hoursPerDay: hours ?? 24,
  };
}
