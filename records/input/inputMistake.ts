/** Why an input is surely not what was meant, and how to make records of it. */
export interface InputMistake {
  /** What it is, after "FILE is". */
  readonly found: string;
  /** A shell command that prints records; without a file, it reads standard input. */
  readonly convert?: (file?: string) => string;
  /** What the command makes of the input, after "To ". Default: `convert it`. */
  readonly purpose?: string;
  /** Another command, with another purpose. */
  readonly otherwise?: Required<Pick<InputMistake, "purpose" | "convert">>;
}

/** As many bytes of an input as any mistake needs to be recognized. */
export const HEAD_BYTES = 512;

/**
 * Recognizes an input that is surely a mistake by its first bytes. A record may be any text, so this is
 * only what no text begins with (compressed files, binary formats, UTF-16, NUL bytes), a JSON document
 * over several lines, and the header of a CSV file above rows with values. Everything else is accepted.
 */
export function inputMistake(head: Uint8Array): InputMistake | undefined {
  const bytes = Buffer.from(head);
  const known = SIGNATURES.find(({ magic }) => begins(bytes, magic));
  return (
    known ??
    utf16(bytes) ??
    nulBytes(bytes) ??
    severalLines(bytes.toString()) ??
    csvHeader(bytes.toString())
  );
}

/** Whether further bytes may turn out to be a mistake, so that a pipe must deliver them first. */
export function mayBecomeMistake(head: Uint8Array): boolean {
  const bytes = Buffer.from(head);
  const isStart = ({ magic }: Signature): boolean =>
    bytes.length < magic.length && magic.subarray(0, bytes.length).equals(bytes);
  const hasNul = bytes.length < 4 && (bytes.length < 2 || bytes.includes(0));
  return hasNul || SIGNATURES.some(isStart) || /^[[{\s]*$/.test(bytes.toString());
}

/** The format of compressed data by its first bytes, e.g. `GZIP`; undefined for anything else. */
export function compressionFormat(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head);
  if (bytes[0] === 0x78 && ZLIB_LEVELS.has(bytes[1] ?? 0)) return "zlib";
  const { found } = SIGNATURES.find(({ magic }) => begins(bytes, magic)) ?? {};
  return found?.startsWith(COMPRESSED) ? found.slice(COMPRESSED.length) : undefined;
}

/** Second bytes of zlib's header, RFC 1950. The one for another level, 0x5e, makes text of it: `x^`. */
const ZLIB_LEVELS: ReadonlySet<number> = new Set([0x01, 0x9c, 0xda]);

function begins(bytes: Buffer, magic: Buffer): boolean {
  return bytes.subarray(0, magic.length).equals(magic);
}

interface Signature extends InputMistake {
  readonly magic: Buffer;
}

/** @param format a name after "is"; @param command a program that reads a file or standard input */
function signature(magic: string, found: string, command?: string): Signature {
  const bytes = Buffer.from(magic, "latin1");
  return { magic: bytes, found, ...(command !== undefined && { convert: readingFile(command) }) };
}

function readingFile(command: string): (file?: string) => string {
  return (file) => (file === undefined ? command : `${command} ${file}`);
}

const COMPRESSED = "compressed with ";
const compressedWith = (format: string): string => `${COMPRESSED}${format}`;
const toUtf8 = (encoding: string): string => `iconv -f ${encoding} -t UTF-8`;

/** The longer one first if one begins with another. All contain bytes that text does not have. */
const SIGNATURES: readonly Signature[] = [
  signature("\x1f\x8b", compressedWith("GZIP"), "gunzip -c"),
  {
    ...signature("PK\x03\x04", "a ZIP archive"),
    convert: (file) => (file === undefined ? "funzip" : `unzip -p ${file}`),
  },
  signature("\x28\xb5\x2f\xfd", compressedWith("Zstandard"), "zstd -dc"),
  signature("\xfd7zXZ\x00", compressedWith("XZ"), "xz -dc"),
  signature("BZh91AY&SY", compressedWith("bzip2"), "bzip2 -dc"),
  signature("\x04\x22\x4d\x18", compressedWith("LZ4"), "lz4 -dc"),
  signature("\xff\x06\x00\x00sNaPpY", compressedWith("Snappy")),
  signature("\x82SNAPPY\x00", compressedWith("Snappy")),
  signature("PAR1\x15", "a Parquet file"),
  signature("Obj\x01", "an Avro file"),
  signature("SQLite format 3\x00", "an SQLite database"),
  signature("\xff\xfe\x00\x00", "encoded in UTF-32", toUtf8("UTF-32")),
  signature("\x00\x00\xfe\xff", "encoded in UTF-32", toUtf8("UTF-32")),
  signature("\xff\xfe", "encoded in UTF-16", toUtf8("UTF-16")),
  signature("\xfe\xff", "encoded in UTF-16", toUtf8("UTF-16")),
];

/** UTF-16 without a byte order mark: every other byte of two or more ASCII characters is 0. */
function utf16(head: Buffer): InputMistake | undefined {
  const units = head.subarray(0, Math.min(head.length, 16) & ~1);
  if (units.length < 4) return undefined;
  const isZero = (first: number): boolean =>
    units.every((byte, index) => (index % 2 === first) === (byte === 0));
  const encoding = isZero(1) ? "UTF-16LE" : isZero(0) ? "UTF-16BE" : undefined;
  if (encoding === undefined) return undefined;
  return { found: "encoded in UTF-16", convert: readingFile(toUtf8(encoding)) };
}

function nulBytes(head: Buffer): InputMistake | undefined {
  if (head.length < 4 || head.readUInt32BE() !== 0) return undefined;
  const remove = "tr -d '\\000'";
  return {
    found: "not text: it begins with NUL bytes",
    convert: (file) => (file === undefined ? remove : `${remove} < ${file}`),
  };
}

/** A first line of opening brackets only, and a second one that continues the value. */
const SEVERAL_LINES = /^\ufeff?\s*([[{])[[{ \t\r]*\n\s*["[{\d-]/;

function severalLines(head: string): InputMistake | undefined {
  const [, bracket] = SEVERAL_LINES.exec(head) ?? [];
  if (bracket === undefined) return undefined;
  return {
    found: "one JSON value over several lines, each of which would be a record",
    convert: readingFile(bracket === "[" ? "jq -c '.[]'" : "jq -c ."),
  };
}

const CSV_DELIMITERS = [",", ";", "\t"] as const;

/** A name of a column: begins with a letter. */
const COLUMN = /^"?\p{L}[\p{L}\p{N} _.-]*"?$/u;

/** What is surely no name of a column: a number, a date, a time, or nothing. */
const VALUE = /^"?[+-]?\d[\d.:TZ+/ -]*"?$|^(?:"")?$/;

/**
 * A first line of different names, and a second line with as many fields of which one is a value. Rows
 * without a header are accepted, since they may be the records.
 */
function csvHeader(head: string): InputMistake | undefined {
  const [first = "", second, ...more] = head.replace(/^\ufeff/, "").split(/\r?\n/);
  // The second line may be cut off by the end of the head.
  if (second === undefined || (more.length === 0 && Buffer.byteLength(head) >= HEAD_BYTES))
    return undefined;
  const delimiter = CSV_DELIMITERS.find((each) => first.includes(each));
  if (delimiter === undefined) return undefined;
  const [names, fields] = [first.split(delimiter), second.split(delimiter)];
  const isHeader = names.every((name) => COLUMN.test(name)) && new Set(names).size === names.length;
  if (!isHeader || fields.length !== names.length || !fields.some((field) => VALUE.test(field)))
    return undefined;
  const reader = `csv.DictReader(sys.stdin, delimiter=${JSON.stringify(delimiter)})`;
  const program = `import csv,json,sys; sys.stdin.reconfigure(encoding="utf-8-sig"); [print(json.dumps(row)) for row in ${reader}]`;
  const toJson = `python3 -c '${program}'`;
  return {
    found: "CSV with a header, which is not a record",
    purpose: "send each row as a JSON object",
    convert: (file) => (file === undefined ? toJson : `${toJson} < ${file}`),
    otherwise: {
      purpose: "send the rows as they are",
      convert: readingFile("tail -n +2"),
    },
  };
}
