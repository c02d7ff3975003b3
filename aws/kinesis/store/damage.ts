import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";

/** A part of a store that cannot be read. */
export interface Damage {
  readonly file: string;
  /** What is wrong with it, as the end of a sentence, e.g. `is missing`. */
  readonly problem: string;
  /** Of the first damaged byte. */
  readonly position?: number;
  /** How many bytes are damaged. */
  readonly bytes?: number;
  /** How many accepted records cannot be read because of it; undefined if nobody can know. */
  readonly records: number | undefined;
  /** Where the damaged bytes are kept. */
  readonly kept?: string;
}

/** A line for a person. */
export function describeDamage({ file, problem, position, bytes, records, kept }: Damage): string {
  const place =
    position === undefined
      ? ""
      : ` at byte ${position}${bytes === undefined || bytes === 0 ? "" : ` (${bytes} bytes)`}`;
  const lost =
    records === undefined
      ? "It is unknown how many records are affected."
      : records === 0
        ? "No accepted record is affected."
        : `${records} accepted ${records === 1 ? "record" : "records"} cannot be read.`;
  const where = kept === undefined ? "" : ` The damaged bytes are kept in ${kept}.`;
  return `${file} ${problem}${place}. ${lost} All others can be read.${where}`;
}

/** Keeps what is damaged in a directory of a store, so that a person can look at it. */
export class DamagedFiles {
  readonly #store: string;

  /** @param store directory of the store */
  constructor(store: string) {
    this.#store = store;
  }

  /** Copies damaged bytes of a file that stays as it is. Done once, however often it is read. */
  async copy(file: string, position: number, length: number): Promise<string> {
    const target = await this.#target(`${this.#nameOf(file)}-${position}-${length}`);
    if (!existsSync(target)) {
      const bytes = createReadStream(file, { start: position, end: position + length - 1 });
      await pipeline(bytes, createWriteStream(target, { flags: "wx" }));
    }
    return target;
  }

  /** Moves a whole file. */
  async move(file: string): Promise<string> {
    const name = this.#nameOf(file);
    for (let copy = 1; ; copy += 1) {
      const target = await this.#target(copy === 1 ? name : `${name}-${copy}`);
      if (existsSync(target)) continue;
      await rename(file, target);
      return target;
    }
  }

  #nameOf(file: string): string {
    return relative(this.#store, file).replaceAll(/[\\/]/gu, "-");
  }

  async #target(name: string): Promise<string> {
    const directory = join(this.#store, "damaged");
    await mkdir(directory, { recursive: true });
    return join(directory, name);
  }
}
