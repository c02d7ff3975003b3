import { type KeyPiece, keyPieces } from "./keyPieces";
import type { KeyToken } from "./keyTokens";
import { dateColumn, numberColumn, type PartitionColumn, type Span } from "./partitionColumn";

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
 * The projection ends before anything that is not a number of the timestamp; before a character
 * that may not be taken literally in an Athena location; and before the part with which the table
 * would exceed {@link maxPartitions}, in most cases the minutes.
 */
export function projectPartitions(tokens: readonly KeyToken[], span: Span): Projection {
  const predictable = tokens.slice(0, predictableLength(tokens));
  const ends = predictable.flatMap((token, index) => (isSlash(token) ? [index + 1] : [])).reverse();
  for (const end of ends) {
    const { template, columns } = templateOf(tokens.slice(0, end), span);
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
    return token.kind === "unpredictable" || !hasClearEnd(token.letters, tokens[index + 1]);
  });
  return end === -1 ? tokens.length : end;
}

/** A digit after a number without leading zeros would make two times share a prefix. */
function hasClearEnd(letters: string, next: KeyToken | undefined): boolean {
  return letters.length > 1 || (next?.kind === "character" && !/\d/.test(next.character));
}

function isSlash(token: KeyToken): boolean {
  return token.kind === "character" && token.character === "/";
}

function templateOf(tokens: readonly KeyToken[], span: Span): Omit<Projection, "below"> {
  const pieces = keyPieces(tokens.filter((token) => token.kind !== "unpredictable"));
  const columns: PartitionColumn[] = [];
  const template = pieces.map((piece, index) => {
    if (typeof piece === "string") return piece;
    const wanted = hiveKey(pieces[index - 1], pieces[index + 1]) ?? piece.unit;
    const name = unused(wanted, ["record", ...columns.map((column) => column.name)]);
    columns.push(
      piece.kind === "date" ? dateColumn(name, piece, span) : numberColumn(name, piece, span),
    );
    return `\${${name}}`;
  });
  return { template: template.join(""), columns };
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
