import type { Estimate, Objects } from "../../local/estimate/estimate";
import { byteSize, counted, grouped } from "../../records/amounts";
import type { MeasuredTraffic } from "./measuredTraffic";
import { shownResource, usd, usdDifference } from "./moneyText";

/** Where the traffic of an estimate is from, if not from a rate and a size. */
export interface TrafficSource {
  readonly input?: string;
  readonly measured?: MeasuredTraffic;
}

/** A line of the report, or a row of the page. */
export interface EstimateFact {
  readonly name: string;
  readonly value: string;
}

/** What follows from stack and traffic, apart from the bill. */
export function estimateFacts(result: Estimate): readonly EstimateFact[] {
  const several = result.objects.length > 1;
  return [
    growthFact(result),
    ...result.objects.map((objects) => ({
      name: "Objects",
      value: `${several ? `${shownResource(objects)}: ` : ""}${objectText(objects)}`,
    })),
    ...result.latency.map((bounds) => ({
      name: "Latency",
      value:
        `${several ? `${shownResource(bounds)}: ` : ""}at best ${seconds(bounds.bestSeconds)}, ` +
        `at worst ${seconds(bounds.worstSeconds)}: ${worstText(bounds.worst)}`,
    })),
    ...result.capacity.flatMap(capacityFacts),
    roundingFact(result),
    ...result.athena.map((scan) => ({
      name: "Athena",
      value:
        `a query over a day scans ${gigabytes(scan.gigabytes)} for ${usd(scan.scan)}, and reads ` +
        `${counted(Math.round(scan.objects), "object")} for ${usd(scan.requests)} ` +
        `(in objects of 128 MiB: ${usd(scan.requestsOfLargeObjects)})`,
    })),
  ];
}

function growthFact({ growth, month }: Estimate): EstimateFact {
  const { firstMonth, nextMonth } = growth;
  const first = month.number === 1 ? "" : `the first month costs ${usd(firstMonth)}; `;
  const next =
    Math.abs(nextMonth) < 0.005
      ? "the next one costs the same"
      : `the next one costs ${usdDifference(nextMonth)}, for stored data`;
  return { name: "Growth", value: `${first}${next}` };
}

/** The traffic as one line. */
export function trafficText({ traffic }: Estimate, { input, measured }: TrafficSource): string {
  const { recordsPerSecond, peakRecordsPerSecond, hoursPerDay, recordBytes } = traffic;
  const peak =
    peakRecordsPerSecond > recordsPerSecond ? ` (peak ${rate(peakRecordsPerSecond)})` : "";
  const hours = hoursPerDay < 24 ? `, ${hoursPerDay} h a day` : "";
  const size = `${rate(recordsPerSecond)}${peak} of ${byteSize(Math.round(recordBytes))}${hours}`;
  const from = input === undefined ? "" : `, with the records of ${input}`;
  if (measured === undefined) return `${size}${from}`;
  return `${size}${from}, measured of ${measured.name} since ${measured.from.slice(0, 10)}`;
}

function objectText({ perMonth, dataBytes, storedBytes, ...objects }: Objects): string {
  const { endedBy, bufferSeconds, bufferBytes, compression, activePartitions } = objects;
  const end = endedBy === "buffer size" ? byteSize(bufferBytes) : `${bufferSeconds} s`;
  const partitions = activePartitions > 1 ? ` in ${activePartitions} active partitions` : "";
  return (
    `${grouped(Math.round(perMonth))} a month${partitions}, ended by the ${endedBy} (${end}); ` +
    `${byteSize(Math.round(dataBytes))} of data, ${byteSize(Math.round(storedBytes))} stored (${compression})`
  );
}

function worstText(worst: Estimate["latency"][number]["worst"]): string {
  return Object.entries(worst)
    .filter(([, value]) => value > 0)
    .map(([part, value]) => `${part} ${seconds(value)}`)
    .join(" + ");
}

function capacityFacts(capacity: Estimate["capacity"][number]): readonly EstimateFact[] {
  const { mode, declaredShards, neededShards, onDemand, provisioned, cheaper } = capacity;
  const declared =
    mode === null ? "" : declaredShards === null ? "; on-demand" : `; declared: ${declaredShards}`;
  const few = declaredShards !== null && declaredShards < neededShards ? ", too few" : "";
  const readers = capacity.tooManyReaders
    ? "; more than 5 delivery streams read it, which a shard does not serve"
    : "";
  return [
    { name: "Shards", value: `${neededShards} for the peak${declared}${few}${readers}` },
    {
      name: "Capacity",
      value:
        `on-demand ${usd(onDemand)}, provisioned ${usd(provisioned)} with ${counted(neededShards, "shard")}` +
        (cheaper === null ? "" : `; ${cheaper} is cheaper, ${breakEvenText(capacity)}`),
    },
  ];
}

function breakEvenText({ breakEven, cheaper }: Estimate["capacity"][number]): string {
  if (breakEven === null) return "at any rate of these shards";
  const other = cheaper === "on-demand" ? "above" : "below";
  return `the other one ${other} a mean of ${rate(breakEven)}`;
}

function roundingFact({ rounding }: Estimate): EstimateFact {
  const { ratio, aggregated } = rounding;
  const billed = `Firehose bills ${times(ratio)} the bytes, as it rounds each record up to 5 KB`;
  const saving =
    aggregated.records === 1
      ? "joining records saves nothing"
      : `joining ${aggregated.records} to ${byteSize(Math.round(aggregated.bytes))} bills ` +
        `${times(aggregated.ratio)} and saves ${usd(aggregated.saves)} a month`;
  return { name: "Rounding", value: `${billed}; ${saving}` };
}

function times(ratio: number): string {
  return `${ratio.toLocaleString("en-US", { maximumFractionDigits: 2 })} times`;
}

/** Records per second; per hour below one. */
export function rate(perSecond: number): string {
  const [value, unit] = perSecond >= 1 ? [perSecond, "s"] : [perSecond * 3600, "h"];
  return `${value.toLocaleString("en-US", { maximumFractionDigits: 2 })} records/${unit}`;
}

/** Seconds, precise where they are short. */
export function seconds(value: number): string {
  return `${value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 2 : 1 })} s`;
}

function gigabytes(value: number): string {
  return byteSize(Math.round(value * 1024 ** 3));
}
