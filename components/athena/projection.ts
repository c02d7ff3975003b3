import { type KeyPiece, keyPieces } from "./keyPieces";
import type { KeyToken } from "./keyTokens";
import { dateColumn, numberColumn, type PartitionColumn, type Span } from "./partitionColumn";

/** How Athena finds the folders of a table without a list of them. */
export interface Projection {
  /**
   * Path of each partition's folder in the bucket; `${column}` stands for a value. Ends with a
   * slash, or is empty for the bucket itself.
   */
  readonly template: string;
  /** None: the whole table lies in one folder. */
  readonly columns: readonly PartitionColumn[];
  /** What keys have below that folder. */
  readonly below: readonly KeyToken[];
}

/**
 * Projects as many folders of a key as Athena can compute; it reads everything below the last one.
 *
 * Folders end before anything that is not a number of the time; before a character that is not
 * known to pass through an Athena location as it is; and before the first with which the table
 * would have more than {@link mostPartitions}, which are minutes in most cases.
 */
export function projectFolders(tokens: readonly KeyToken[], span: Span): Projection {
  const foreseen = tokens.slice(0, foreseenLength(tokens));
  const ends = foreseen.flatMap((token, index) => (isSlash(token) ? [index + 1] : [])).reverse();
  for (const end of ends) {
    const { template, columns } = partitions(tokens.slice(0, end), span);
    const size = columns.reduce((product, column) => product * column.size, 1);
    if (size <= mostPartitions) return { template, columns, below: tokens.slice(end) };
  }
  return { template: "", columns: [], below: tokens };
}

/**
 * Beyond it Athena is seen to refuse a query that names none of them
 * (HIVE_EXCEEDED_PARTITION_LIMIT); no AWS page states the number.
 */
const mostPartitions = 1_000_000;

function foreseenLength(tokens: readonly KeyToken[]): number {
  const end = tokens.findIndex((token, index) => {
    if (token.kind === "character") return !/^[\w!.'()=:,/-]$/.test(token.character);
    return token.kind === "unforeseen" || !hasOneEnd(token.letters, tokens[index + 1]);
  });
  return end === -1 ? tokens.length : end;
}

/** A number without leading zeros ends where the digits do, or two times would share a folder. */
function hasOneEnd(letters: string, next: KeyToken | undefined): boolean {
  return letters.length > 1 || (next?.kind === "character" && !/\d/.test(next.character));
}

function isSlash(token: KeyToken): boolean {
  return token.kind === "character" && token.character === "/";
}

function partitions(tokens: readonly KeyToken[], span: Span): Omit<Projection, "below"> {
  const pieces = keyPieces(tokens.filter((token) => token.kind !== "unforeseen"));
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

/** The key of a folder `key=value`, as the name of a column: at most 255 bytes long. */
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
