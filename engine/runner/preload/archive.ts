import { createHash } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { cacheDirectory, deleteUnused, isPrivate, keep } from "./cacheDirectory";

const MAGIC = "streamlake cache 1\n";
/** The length and the checksum of the index, after the magic. */
const HEADER_BYTES = MAGIC.length + 8;
/** A file that grows beyond this keeps only what the last run used. */
const MAX_BYTES = 64 * 1024 * 1024;

interface Entry {
  /** What the entry was made from; an entry with another stamp is out of date. */
  readonly stamp: string;
  readonly bytes: () => Buffer | undefined;
}

/** An entry in the index of a file: stamp, offset, length and checksum. */
type Indexed = readonly [stamp: string, offset: number, length: number, checksum: number];

/**
 * What earlier runs of a process with the same purpose have computed: one file in the cache, read at
 * once and replaced as a whole. No problem with that file ever becomes a problem of the run.
 */
export class Archive {
  readonly #file: string | undefined;
  readonly #entries: Map<string, Entry>;
  readonly #used = new Set<string>();
  #changed = false;

  private constructor(file: string | undefined, entries: Map<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** @param purpose everything that distinguishes processes which must not share entries */
  static open(purpose: readonly string[]): Archive {
    const directory = cacheDirectory();
    if (directory === undefined) return new Archive(undefined, new Map());
    const { version, arch, platform, versions } = process;
    const file = join(directory, sha256(...purpose, version, arch, platform, versions.v8));
    return new Archive(file, readEntries(file));
  }

  /** Whether anything that is added can be of use to a later run. */
  get isStored(): boolean {
    return this.#file !== undefined;
  }

  /** The bytes of an entry; undefined if there is none, if it is damaged, or for another stamp. */
  get(name: string, stamp: string): Buffer | undefined {
    const entry = this.#entries.get(name);
    if (entry?.stamp !== stamp) return undefined;
    this.#used.add(name);
    return entry.bytes();
  }

  set(name: string, stamp: string, bytes: Buffer): void {
    this.#entries.set(name, { stamp, bytes: () => bytes });
    this.#used.add(name);
    this.#changed = true;
  }

  /** Writes what this run has added, if anything: to a new file, which then replaces the old one. */
  save(): void {
    if (this.#file === undefined || !this.#changed) return;
    this.#changed = false;
    const temporary = `${this.#file}.${process.pid}`;
    try {
      writeFileSync(temporary, this.#content(), { mode: 0o600, flag: "wx" });
      renameSync(temporary, this.#file);
      deleteUnused(join(this.#file, ".."));
    } catch {
      // The disk is full or the directory cannot be written: the next run computes the same again.
      rmSync(temporary, { force: true });
    }
  }

  #content(): Buffer {
    const all = [...this.#entries].flatMap(([name, { stamp, bytes }]) => {
      const content = bytes();
      return content === undefined ? [] : [{ name, stamp, content }];
    });
    const size = all.reduce((sum, { content }) => sum + content.length, 0);
    const kept = size <= MAX_BYTES ? all : all.filter(({ name }) => this.#used.has(name));
    const index: Record<string, Indexed> = {};
    let offset = 0;
    for (const { name, stamp, content } of kept) {
      index[name] = [stamp, offset, content.length, crc32(content)];
      offset += content.length;
    }
    const indexBytes = Buffer.from(JSON.stringify(index));
    const header = Buffer.alloc(HEADER_BYTES, MAGIC);
    header.writeUInt32LE(indexBytes.length, MAGIC.length);
    header.writeUInt32LE(crc32(indexBytes), MAGIC.length + 4);
    return Buffer.concat([header, indexBytes, ...kept.map(({ content }) => content)]);
  }
}

/** A hash of strings; a different division of the same characters has another hash. */
export function sha256(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}

function readEntries(file: string): Map<string, Entry> {
  try {
    const content = readPrivate(file);
    if (content.toString("latin1", 0, MAGIC.length) !== MAGIC) return new Map();
    const start = HEADER_BYTES + content.readUInt32LE(MAGIC.length);
    const indexBytes = content.subarray(HEADER_BYTES, start);
    if (crc32(indexBytes) !== content.readUInt32LE(MAGIC.length + 4)) return new Map();
    const index = JSON.parse(indexBytes.toString()) as Record<string, Indexed>;
    const blobs = content.subarray(start);
    return new Map(
      Object.entries(index).map(([name, [stamp, offset, length, checksum]]) => {
        const bytes = (): Buffer | undefined => {
          const blob = blobs.subarray(offset, offset + length);
          return blob.length === length && crc32(blob) === checksum ? blob : undefined;
        };
        return [name, { stamp, bytes }];
      }),
    );
  } catch {
    return new Map();
  }
}

function readPrivate(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const found = fstatSync(descriptor);
    if (!isPrivate(found)) throw new Error(`${file} can be written by others.`);
    keep(file, found);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
