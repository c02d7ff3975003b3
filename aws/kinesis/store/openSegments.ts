import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Damage, DamagedFiles } from "./damage";
import { scanFrames, type DamagedBytes } from "./frameScan";
import {
  parseSegmentName,
  readSegmentHeader,
  Segment,
  segmentHeader,
  seedOf,
  type SegmentPlace,
  type ShardIdentity,
} from "./segment";
import { type ShardState, stateName } from "./shardState";

/** Counters of records that were accepted and cannot be read, both ends included. */
export interface Gap {
  readonly first: number;
  readonly last: number;
}

/** The segments of a shard as they were found. */
export interface FoundSegments {
  readonly segments: readonly Segment[];
  readonly gaps: readonly Gap[];
  /** Counter of the oldest record that retention has left, readable or not. */
  readonly first: number;
  /** The counter that the next record gets, and the ordinal of the next segment. */
  readonly next: number;
  readonly nextOrdinal: number;
}

interface OpenContext {
  readonly directory: string;
  readonly identity: ShardIdentity;
  /** What the shard had accepted; undefined if that is unknown. */
  readonly state: ShardState | undefined;
  readonly damagedFiles: DamagedFiles;
  readonly onDamage: (damage: Damage) => void;
}

/** Reads all segments of a shard once and reports what is damaged or missing. Nothing is changed. */
export async function openSegments(context: OpenContext): Promise<FoundSegments> {
  const { directory, state, onDamage } = context;
  const segments: Segment[] = [];
  const gaps: Gap[] = [];
  /** Of the segment before: how many records it costs is known from what follows. */
  let tail: Damage | undefined;
  let expected = state?.first;
  let ordinal: number | undefined;

  const lose = (until: number, isMissing: boolean): void => {
    const records = until - (expected ?? until);
    if (records > 0) gaps.push({ first: until - records, last: until - 1 });
    const before = segments.at(-1);
    if (tail) onDamage({ ...tail, records: isMissing ? undefined : records });
    if (records > 0 && (isMissing || !before))
      onDamage({ file: directory, problem: "lacks a segment file", records });
    else if (records > 0 && !tail && before)
      onDamage({ file: before.file, problem: "was cut off", position: before.bytes, records });
    tail = undefined;
  };
  for (const place of await placesIn(directory, onDamage)) {
    // Retention was about to delete it.
    if (state && ordinal === undefined && place.first < state.first) expected = place.first;
    expected ??= place.first;
    lose(Math.max(place.first, expected), ordinal !== undefined && place.ordinal !== ordinal + 1);
    const opened = await openSegment(place, context, gaps);
    segments.push(opened.segment);
    tail = opened.tail;
    expected = Math.max(opened.segment.last + 1, place.first, expected);
    ordinal = place.ordinal;
  }
  const next = Math.max(expected ?? 1, state?.next ?? 1);
  if (state || !tail) lose(next, (ordinal ?? 0) < (state?.ordinal ?? 0));
  else onDamage(tail);
  const first = state?.first ?? segments[0]?.first ?? next;
  const nextOrdinal = Math.max(ordinal ?? 0, state?.ordinal ?? 0) + 1;
  return { segments, gaps, first, next, nextOrdinal };
}

async function placesIn(
  directory: string,
  onDamage: (damage: Damage) => void,
): Promise<readonly SegmentPlace[]> {
  const places: SegmentPlace[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = join(directory, entry.name);
    const named = entry.isFile() ? parseSegmentName(entry.name) : undefined;
    if (named) places.push({ ...named, file });
    else if (entry.name !== stateName)
      onDamage({ file, problem: "does not belong to the store and is left alone", records: 0 });
  }
  return places.sort((one, other) => one.ordinal - other.ordinal);
}

async function openSegment(
  place: SegmentPlace,
  context: OpenContext,
  gaps: Gap[],
): Promise<{ readonly segment: Segment; readonly tail: Damage | undefined }> {
  const { identity, onDamage } = context;
  const handle = await open(place.file, "r");
  try {
    const { size } = await handle.stat();
    const header = await readSegmentHeader(handle);
    const isOwn = header !== undefined && seedOf(header.identity) === seedOf(identity);
    // The length of a header does not change: where it is damaged, the frames begin behind it.
    const start = isOwn ? header.length : Math.min(size, segmentHeader(identity).length);
    if (!isOwn) {
      const kept = start > 0 ? await context.damagedFiles.copy(place.file, 0, start) : undefined;
      const problem = header ? "belongs to another shard" : "has a damaged header";
      onDamage({
        file: place.file,
        problem,
        position: 0,
        bytes: start,
        records: 0,
        ...(kept && { kept }),
      });
    }
    const segment = new Segment(place, seedOf(identity), start);
    let tail: Damage | undefined;
    const lose = (first: number, after: number, damage: Damage): void => {
      if (after > first) gaps.push({ first, last: after - 1 });
      onDamage({ ...damage, records: after - first });
    };
    const range = { from: start, to: size, seed: seedOf(identity), after: place.first - 1 };
    for await (const items of scanFrames(handle, range))
      for (const item of items) {
        if (!("counter" in item)) {
          const damage = await damageOf(item, segment, context);
          if (item.after === Infinity) tail = damage;
          else if (damage) lose(item.before + 1, item.after, damage);
          continue;
        }
        if (item.counter > Math.max(segment.last, gaps.at(-1)?.last ?? 0) + 1) {
          const problem = "lacks records";
          const { position } = item;
          lose(segment.last + 1, item.counter, { file: place.file, problem, position, records: 0 });
        }
        segment.enter(item, item.position);
      }
    return { segment, tail };
  } finally {
    await handle.close();
  }
}

/** @returns nothing for a frame that was being written when the process ended: it was never acknowledged */
async function damageOf(
  { position, length, unfinished }: DamagedBytes,
  segment: Segment,
  { state, damagedFiles }: OpenContext,
): Promise<Damage | undefined> {
  if (unfinished !== undefined && state && unfinished >= state.next) return undefined;
  return {
    file: segment.file,
    problem: unfinished === undefined ? "is damaged" : "ends within a record",
    position,
    bytes: length,
    records: undefined,
    kept: await damagedFiles.copy(segment.file, position, length),
  };
}
