import type {
  CreateNodeOptions,
  DocumentOptions,
  ParseOptions,
  ScalarTag,
  SchemaOptions,
} from "yaml";

/** A scalar without quotes that Pulumi reads as something else than its characters. */
export interface ReadAs {
  /** As the file has it, e.g. `0123`. */
  readonly source: string;
  /** As the program gets it, e.g. `83`. */
  readonly value: string;
}

/**
 * Options with which the library `yaml` reads a file as the Pulumi CLI does: aliases, merge keys, and
 * scalars without quotes, of which octal numbers, underscores in numbers and timestamps are a legacy
 * of YAML 1.1. Of several documents in a file, the first one counts. A whole number above 2^53 becomes
 * a `bigint`.
 *
 * Source: resolve.go and decode.go of gopkg.in/yaml.v3, which reads the files of the Pulumi CLI
 * (sdk/go/common/encoding/marshal.go in pulumi/pulumi).
 *
 * @param surprising receives the scalars of which a reader of the file would not expect it
 */
export function pulumiYaml(
  surprising: (scalar: ReadAs) => void = () => undefined,
): ParseOptions & DocumentOptions & SchemaOptions & CreateNodeOptions {
  const tag = (name: string, test: RegExp, read: (source: string) => unknown): ScalarTag => ({
    tag: `tag:yaml.org,2002:${name}`,
    default: true,
    test,
    resolve: (source) => {
      const value = read(source);
      if (/^[-+]?0\d|^\d{4}-/.test(source)) surprising({ source, value: String(value) });
      return value;
    },
  });
  return {
    merge: true,
    schema: "failsafe",
    customTags: [
      tag("null", /^(?:~|null|Null|NULL)?$/, () => null),
      tag("bool", /^(?:true|True|TRUE|false|False|FALSE)$/, (source) => /^t/i.test(source)),
      tag("timestamp", TIMESTAMP, timestamp),
      tag("int", INTEGER, integer),
      tag("float", FLOAT, float),
      tag("float", /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/, infinite),
      "merge",
    ],
  };
}

/** Underscores are allowed anywhere behind the first digit. */
const INTEGER =
  /^[-+]?(?:0[xX]_*[\da-fA-F][\da-fA-F_]*|0[bB]_*[01][01_]*|0[oO]?_*[0-7][0-7_]*|0_*|[1-9][\d_]*)$/;

/** A float is also what is too large for 64 bits, and a number such as 089, which is not octal. */
const FLOAT = /^[-+]?(?:\.[\d_]*\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?[\d_]*\d[\d_]*)?$/;

function integer(source: string): unknown {
  const plain = source.replaceAll("_", "");
  const [, sign = "", prefix = "", digits = ""] =
    /^([-+]?)(0[xX]|0[bB]|0[oO]|0(?=\d))?(.+)$/.exec(plain) ?? [];
  const base = BASES[prefix.toLowerCase()] ?? "";
  const magnitude = BigInt(`${base}${digits}`);
  const value = sign === "-" ? -magnitude : magnitude;
  if (value < -(2n ** 63n) || value >= 2n ** 64n) return base === "" ? Number(plain) : source;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Prefix of a number in Go -> in JavaScript. */
const BASES: Readonly<Record<string, string>> = { "0x": "0x", "0b": "0b", "0o": "0o", "0": "0o" };

function float(source: string): unknown {
  const value = Number(source.replaceAll("_", ""));
  return Number.isFinite(value) ? value : source;
}

function infinite(source: string): number {
  if (/nan/i.test(source)) return NaN;
  return source.startsWith("-") ? -Infinity : Infinity;
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d+))?(Z|[-+]\d{2}:\d{2})?)?$/;

/** As Go prints a time. What is not a valid time, or has a zone after a space, is a string. */
function timestamp(source: string): string {
  const [, year, month, day, separator, hour, minute, second, fraction, zone] =
    TIMESTAMP.exec(source) ?? [];
  if (separator !== undefined && (separator === " ") === (zone !== undefined)) return source;
  const two = (part: string | undefined) => (part ?? "0").padStart(2, "0");
  const date = `${year ?? ""}-${two(month)}-${two(day)}`;
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  const instant = new Date(`${date}T${time}Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(`${date}T${time}`))
    return source;
  const digits = (fraction ?? "").slice(0, 9).replace(/0+$/, "");
  const offset = zone === undefined || zone === "Z" ? "+0000 UTC" : zoneInGo(zone);
  return `${date} ${time}${digits === "" ? "" : `.${digits}`} ${offset}`;
}

function zoneInGo(zone: string): string {
  const offset = zone.replace(":", "");
  return /^.0000$/.test(offset) ? "+0000 UTC" : `${offset} ${offset}`;
}
