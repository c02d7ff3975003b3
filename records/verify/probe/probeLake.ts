import { LocalDate } from "@js-joda/core";
import { zone } from "../../../components/prefix/formatTimestamp";
import { forEachConcurrently } from "../../forEachConcurrently";
import { sendRecords, type SendSummary } from "../../send/sendRecords";
import type { SendTarget } from "../../send/sendTarget";
import { sleep as realSleep, type Sleep } from "../../send/sleep";
import type { LakeClient } from "../lakeClient";
import { dataKeys, type DayPrefix, dayPrefixes, errorKeys } from "../lakeKeys";
import type { Delimiter } from "../readObject";
import { type FoundProbe, ProbeReader } from "./probeReader";
import type { ProbeRecords } from "./probeRecords";

export interface ProbeLakeOptions {
  readonly client: LakeClient;
  readonly bucket: string;
  /** In Firehose's prefix language, like the error prefix. */
  readonly prefix: string;
  /** Default, also for an empty one: failed records are below the prefix of the others. */
  readonly errorPrefix?: string;
  readonly timeZone: string;
  readonly delimiter: Delimiter;
  /** Where the records are put. */
  readonly target: SendTarget;
  readonly probe: ProbeRecords;
  /** How long to wait for the records after they are put. */
  readonly waitMilliseconds: number;
  /** Called once the records are put, and after each look at the bucket. */
  readonly onProgress?: (progress: ProbeProgress) => void;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Waits between two looks at the bucket. Default: real time. */
  readonly sleep?: Sleep;
  /** In milliseconds since 1970. Default: the clock of this machine. */
  readonly now?: () => number;
}

interface ProbeProgress {
  /** Records that were put. */
  readonly sent: number;
  /** Of them, those that are found. */
  readonly found: number;
  /** Since the records were put. */
  readonly milliseconds: number;
}

/** What became of a probe. */
export interface ProbeReport {
  /** What all markers begin with. */
  readonly mark: string;
  readonly sent: number;
  /** Why records were not put, e.g. AWS's error. */
  readonly notAccepted: readonly string[];
  readonly records: readonly ProbeResult[];
  /** How exact the latencies are: the time between two looks at the bucket. */
  readonly resolutionMilliseconds: number;
  /** New objects that cannot be read to their end. */
  readonly corrupt: readonly { readonly key: string; readonly reason: string }[];
}

/** A record that was put. */
interface ProbeResult {
  readonly marker: string;
  /** Where it is, and why it failed if it did; absent while it is not in the bucket. */
  readonly found?: FoundProbe & {
    /** From the acknowledgment of the put to the object's first appearance in a list. */
    readonly latencyMilliseconds: number;
  };
}

const concurrentObjects = 8;

/**
 * Puts marked records, and waits until each of them is in an object, either delivered or failed.
 *
 * @throws Error if the bucket cannot be read, or if no retry can help to send
 */
export async function probeLake(given: ProbeLakeOptions): Promise<ProbeReport> {
  const options = { ...given, errorPrefix: given.errorPrefix || given.prefix };
  const { probe, target, signal, sleep = realSleep, now = Date.now, onProgress } = options;
  const reader = new ProbeReader(options, probe.mark);
  for await (const key of keysIn(options)) reader.skip(key);
  const acknowledged = new Map<string, number>();
  const sending = await sendRecords({
    target: noting(target, probe, (marker) => acknowledged.set(marker, now())),
    ...{ records: inputLines(probe), signal, sleep },
  });
  const begin = now();
  const interval = lookInterval(options.waitMilliseconds);
  const seen = new Map<string, number>();
  const isOpen = (): boolean =>
    [...acknowledged.keys()].some((marker) => !reader.found.has(marker));
  const progress = (): void => {
    const found = [...acknowledged.keys()].filter((marker) => reader.found.has(marker)).length;
    onProgress?.({ sent: acknowledged.size, found, milliseconds: now() - begin });
  };
  progress();
  while (isOpen() && !signal.aborted && now() - begin < options.waitMilliseconds) {
    const looked = now();
    const keys: string[] = [];
    for await (const key of keysIn(options)) if (!reader.knows(key)) keys.push(key);
    const at = now();
    await forEachConcurrently(each(keys), concurrentObjects, async (key) => {
      for (const marker of await reader.read(key)) seen.set(marker, at);
    });
    progress();
    // A bucket with many objects is not listed all the time.
    if (isOpen()) await sleep(Math.max(interval, now() - looked), signal);
  }
  return {
    ...{ mark: probe.mark, sent: acknowledged.size, notAccepted: notAccepted(sending) },
    records: [...acknowledged].map(([marker, sent]) => {
      const found = reader.found.get(marker);
      if (found === undefined) return { marker };
      const latencyMilliseconds = Math.max(0, (seen.get(marker) ?? sent) - sent);
      return { marker, found: { ...found, latencyMilliseconds } };
    }),
    resolutionMilliseconds: interval,
    corrupt: reader.corrupt,
  };
}

function notAccepted({ failed, rejected }: SendSummary): readonly string[] {
  return [
    ...failed.map(({ code, message }) => `${code}: ${message}`),
    ...rejected.map(({ reason }) => reason),
  ];
}

/** A probe is 200 looks at most, since LIST requests cost about as much as PUT requests. */
function lookInterval(waitMilliseconds: number): number {
  return Math.min(5000, Math.max(500, Math.round(waitMilliseconds / 200)));
}

/** Keys of the objects in which records of this moment can be: named after today or yesterday. */
async function* keysIn(options: ProbeLakeOptions): AsyncGenerator<string> {
  const days = recentDays(options);
  yield* dataKeys(options, days);
  yield* errorKeys(options, days);
}

function recentDays({ prefix, timeZone }: ProbeLakeOptions): readonly DayPrefix[] {
  const today = LocalDate.now(zone(timeZone));
  return dayPrefixes(prefix, [today.minusDays(1).toString(), today.toString()], timeZone);
}

/** The same target, which notes each record that it accepts. */
function noting(
  target: SendTarget,
  { records: probes }: ProbeRecords,
  onAccepted: (marker: string) => void,
): SendTarget {
  return {
    ...target,
    async put(records) {
      const errors = await target.put(records);
      for (const [index, { line }] of records.entries()) {
        const marker = probes[line - 1]?.marker;
        if (errors[index] === undefined && marker !== undefined) onAccepted(marker);
      }
      return errors;
    },
  };
}

async function* inputLines({ records }: ProbeRecords) {
  for (const [index, { data }] of records.entries())
    yield await Promise.resolve({ line: index + 1, readTo: index + 1, data });
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
