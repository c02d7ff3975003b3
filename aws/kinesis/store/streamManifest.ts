import { readdir } from "node:fs/promises";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { hasCode } from "../../fileErrors";
import { readCheckedJson, writeCheckedJson } from "./checkedFile";
import type { Damage, DamagedFiles } from "./damage";
import { readSegmentHeader, type ShardIdentity } from "./segment";
import { parseShardId } from "./sequenceNumber";

type StreamMode = "PROVISIONED" | "ON_DEMAND";

export interface StreamSettings {
  readonly mode: StreamMode;
  /** API: 24, which is also the default, to 8760. */
  readonly retentionHours: number;
  /** Of data and partition key. API: 1024, which is also the default, to 10240. */
  readonly maxRecordSizeInKib: number;
  readonly tags: Readonly<Record<string, string>>;
  /** The KMS key that a client chose; "" for none. Records are not encrypted with it. */
  readonly keyId: string;
  /** Those that a client enabled, in AWS's order. */
  readonly shardLevelMetrics: readonly string[];
  /** The resource policy that a client attached, in JSON; "" for none. It is not evaluated. */
  readonly policy: string;
}

export const defaultSettings: StreamSettings = {
  mode: "PROVISIONED",
  retentionHours: 24,
  maxRecordSizeInKib: 1024,
  tags: {},
  keyId: "",
  shardLevelMetrics: [],
  policy: "",
};

export interface StreamConsumer {
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
  /** As that of a stream; absent for none. */
  readonly policy?: string;
}

export interface ManifestShard extends ShardIdentity {
  /** When it was split or merged, in milliseconds since 1970; absent while it is open. */
  readonly closed?: number;
}

/** All of a stream but its records. */
export interface StreamManifest extends StreamSettings {
  /** In milliseconds since 1970. */
  readonly created: number;
  readonly consumers: readonly StreamConsumer[];
  readonly shards: readonly ManifestShard[];
}

const manifestName = "stream.json";

const tags = z.record(z.string(), z.string());
const hashKey = z.string().regex(/^\d+$/u).transform(BigInt);
const schema = z.object({
  created: z.number(),
  mode: z.enum(["PROVISIONED", "ON_DEMAND"]),
  retentionHours: z.number(),
  maxRecordSizeInKib: z.number(),
  tags,
  // Earlier versions did not write these three.
  keyId: z.string().default(""),
  shardLevelMetrics: z.array(z.string()).default([]),
  policy: z.string().default(""),
  consumers: z.array(
    z.object({
      name: z.string(),
      created: z.number(),
      tags,
      policy: z.string().exactOptional(),
    }),
  ),
  shards: z.array(
    z.object({
      number: z.number(),
      created: z.number(),
      parents: z.array(z.number()),
      start: hashKey,
      end: hashKey,
      closed: z.number().exactOptional(),
    }),
  ),
});

export async function writeManifest(
  directory: string,
  manifest: StreamManifest,
  flush: boolean,
): Promise<void> {
  const shards = manifest.shards.map((shard) => ({
    ...shard,
    start: String(shard.start),
    end: String(shard.end),
  }));
  await writeCheckedJson(join(directory, manifestName), { ...manifest, shards }, flush);
}

interface ReadContext {
  readonly damagedFiles: DamagedFiles;
  readonly onDamage: (damage: Damage) => void;
}

/**
 * Reads what a stream is; if its file is damaged, from its segments: then it has its shards and
 * records again, but default settings.
 *
 * @returns undefined if there is nothing to read
 */
export async function readManifest(
  directory: string,
  { damagedFiles, onDamage }: ReadContext,
): Promise<StreamManifest | undefined> {
  const file = join(directory, manifestName);
  const { identities, unidentified } = await shardsIn(directory, onDamage);
  const reportUnknown = (listed: readonly ShardIdentity[]): void => {
    for (const [number, shard] of unidentified)
      if (!listed.some((known) => known.number === number))
        onDamage({ file: shard, problem: unknownShard, records: undefined });
  };
  try {
    const manifest = schema.parse(await readCheckedJson(file));
    reportUnknown(manifest.shards);
    return { ...manifest, shards: withUnlisted(manifest.shards, identities) };
  } catch (error) {
    const isMissing = hasCode(error, "ENOENT");
    reportUnknown([]);
    if (identities.length === 0 && isMissing) return undefined;
    const kept = isMissing ? undefined : await damagedFiles.move(file);
    const problem = `${isMissing ? "is missing" : "is damaged"} and was recreated from the shards, with default settings`;
    onDamage({ file, problem, records: 0, ...(kept && { kept }) });
    if (identities.length === 0) return undefined;
    const rebuilt = {
      ...defaultSettings,
      created: Math.min(...identities.map(({ created }) => created)),
      consumers: [],
      shards: withClosedParents(identities),
    };
    await writeManifest(directory, rebuilt, false);
    return rebuilt;
  }
}

/** Of a split or merge that did not end: shards that the manifest does not list yet. */
function withUnlisted(
  listed: readonly ManifestShard[],
  found: readonly ShardIdentity[],
): readonly ManifestShard[] {
  const numbers = new Set(listed.map(({ number }) => number));
  const unlisted = found.filter(({ number }) => !numbers.has(number));
  return [...listed, ...unlisted.map((shard) => ({ ...shard, closed: shard.created }))];
}

function withClosedParents(shards: readonly ShardIdentity[]): readonly ManifestShard[] {
  return shards.map((shard) => {
    const child = shards.find(({ parents }) => parents.includes(shard.number));
    return child ? { ...shard, closed: child.created } : shard;
  });
}

const unknownShard =
  "cannot be identified: the headers of its segments and stream.json are damaged; it is left alone";

interface ShardsFound {
  /** In order. */
  readonly identities: readonly ShardIdentity[];
  /** Directories of shards with segments that do not have a readable header, by their numbers. */
  readonly unidentified: ReadonlyMap<number, string>;
}

/** What the segments in a stream's directory contain about its shards. */
async function shardsIn(
  directory: string,
  onDamage: (damage: Damage) => void,
): Promise<ShardsFound> {
  const identities: ShardIdentity[] = [];
  const unidentified = new Map<number, string>();
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    const number = entry.isDirectory() ? parseShardId(entry.name) : undefined;
    if (number !== undefined) {
      const segments = await segmentsIn(path);
      const identity = await identityIn(segments);
      if (identity?.number === number) identities.push(identity);
      else if (segments.length > 0) unidentified.set(number, path);
    } else if (entry.name !== manifestName && entry.name !== `${manifestName}.next`) {
      const problem = "does not belong to the store and is left alone";
      onDamage({ file: path, problem, records: 0 });
    }
  }
  identities.sort((one, other) => one.number - other.number);
  return { identities, unidentified };
}

async function segmentsIn(shard: string): Promise<readonly string[]> {
  const names = (await readdir(shard)).filter((name) => name.endsWith(".segment")).sort();
  return names.map((name) => join(shard, name));
}

async function identityIn(segments: readonly string[]): Promise<ShardIdentity | undefined> {
  for (const segment of segments) {
    const handle = await open(segment, "r");
    try {
      const header = await readSegmentHeader(handle);
      if (header) return header.identity;
    } finally {
      await handle.close();
    }
  }
  return undefined;
}
