import { type KeyPiece, keyPieces } from "./keyPieces";
import type { KeyToken } from "./keyTokens";
import {
  dateColumn,
  numberColumn,
  injectedColumn,
  type PartitionColumn,
  type Span,
} from "./partitionColumn";

/** How Athena computes the partitions of a table (partition projection). */
export interface Projection {
  /**
   * Path of each partition in the bucket; `${column}` is replaced with a value. Ends with a slash,
   * or is empty for the whole bucket.
   */
  readonly template: string;
  /** Empty if the table is not partitioned. */
  readonly columns: readonly PartitionColumn[];
  /** The tokens of keys after the template. */
  readonly below: readonly KeyToken[];
}

/**
 * Projects partitions from as many slash-separated parts of keys as Athena can compute; Athena
 * reads everything below them.
 *
 * The projection ends before anything that is neither a number of the timestamp nor a partition key; before a character
 * that may not be taken literally in an Athena location; and before the part with which the table
 * would exceed {@link maxPartitions}, in most cases the minutes.
 *
 * @param dataColumns names that partition columns must not have
 */
export function projectPartitions(
  tokens: readonly KeyToken[],
  span: Span,
  dataColumns: readonly string[] = ["record"],
): Projection {
  const predictable = tokens.slice(0, predictableLength(tokens));
  const ends = predictable.flatMap((token, index) => (isSlash(token) ? [index + 1] : [])).reverse();
  for (const end of ends) {
    const { template, columns } = templateOf(tokens.slice(0, end), span, dataColumns);
    const size = columns.reduce((product, column) => product * column.size, 1);
    if (size <= maxPartitions) return { template, columns, below: tokens.slice(end) };
  }
  return { template: "", columns: [], below: tokens };
}

/**
 * With more partitions, Athena has been observed to reject a query that filters by none of them
 * (HIVE_EXCEEDED_PARTITION_LIMIT). AWS does not document the number.
 */
const maxPartitions = 1_000_000;

function predictableLength(tokens: readonly KeyToken[]): number {
  const end = tokens.findIndex((token, index) => {
    if (token.kind === "character") return !/^[\w!.'()=:,/-]$/.test(token.character);
    if (token.kind === "partition-key") return !endsWithSlash(tokens[index + 1]);
    return token.kind === "unpredictable" || !hasClearEnd(token.letters, tokens[index + 1]);
  });
  return end === -1 ? tokens.length : end;
}

/** Athena takes what a query compares with, so that another end would only confuse its author. */
function endsWithSlash(next: KeyToken | undefined): boolean {
  return next !== undefined && isSlash(next);
}

/** A digit after a number without leading zeros would make two times share a prefix. */
function hasClearEnd(letters: string, next: KeyToken | undefined): boolean {
  return letters.length > 1 || (next?.kind === "character" && !/\d/.test(next.character));
}

function isSlash(token: KeyToken): boolean {
  return token.kind === "character" && token.character === "/";
}

function templateOf(
  tokens: readonly KeyToken[],
  span: Span,
  dataColumns: readonly string[],
): Omit<Projection, "below"> {
  const pieces = keyPieces(tokens.filter((token) => token.kind !== "unpredictable"));
  const columns: PartitionColumn[] = [];
  const template = pieces.map((piece, index) => {
    if (typeof piece === "string") return piece;
    const ownName = piece.kind === "partition-key" ? piece.key.toLowerCase() : piece.unit;
    const wanted = hiveKey(pieces[index - 1], pieces[index + 1]) ?? ownName;
    const name = unused(wanted, [...dataColumns, ...columns.map((column) => column.name)]);
    columns.push(columnOf(name, piece, span));
    return `\${${name}}`;
  });
  return { template: template.join(""), columns };
}

function columnOf(name: string, piece: Exclude<KeyPiece, string>, span: Span): PartitionColumn {
  if (piece.kind === "partition-key") return injectedColumn(name, piece.key);
  return piece.kind === "date" ? dateColumn(name, piece, span) : numberColumn(name, piece, span);
}

/** The key of a Hive-style `key=value`, as the name of a column: at most 255 bytes. */
function hiveKey(before: KeyPiece | undefined, after: KeyPiece | undefined): string | undefined {
  if (typeof before !== "string" || typeof after !== "string" || !after.startsWith("/")) {
    return undefined;
  }
  const [, key] = /(?:^|\/)([A-Za-z][\w-]{0,249})=$/.exec(before) ?? [];
  return key?.toLowerCase().replaceAll("-", "_");
}

function unused(name: string, taken: readonly string[], next = 2): string {
  if (!taken.includes(name)) return name;
  const numbered = `${name}_${next}`;
  return taken.includes(numbered) ? unused(name, taken, next + 1) : numbered;
}
