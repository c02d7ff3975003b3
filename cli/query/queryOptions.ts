import { InvalidArgumentError } from "commander";
import type { DataLakeOptions } from "../verify/dataLake";

export interface QueryCommandOptions extends DataLakeOptions {
  /** File with the SQL; `-` for standard input. */
  readonly file?: string;
  /** yyyy-MM-dd in the time zone of the lake, like `from` and `to`. */
  readonly date?: string;
  readonly from?: string;
  readonly to?: string;
  /** In bytes. */
  readonly maxSize: number;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly athena?: boolean;
  readonly database?: string;
  readonly table?: string;
  readonly workgroup?: string;
  readonly outputLocation?: string;
}

/** `500MiB`, `20GiB` or `2GB`, as bytes. */
export function lakeSize(argument: string): number {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]i?B)$/.exec(argument) ?? [];
  const base = unit.includes("i") ? 1024 : 1000;
  const bytes = Math.round(Number(count || NaN) * base ** ("KMGT".indexOf(unit.charAt(0)) + 1));
  if (!(bytes >= 1 && Number.isFinite(bytes)))
    throw new InvalidArgumentError("It must be a size in KiB, MiB, GiB or TiB, e.g. 20GiB.");
  return bytes;
}
