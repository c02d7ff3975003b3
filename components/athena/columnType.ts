/** Types of a column without parameters. Athena User Guide, "Data types in Amazon Athena". */
const simple = new Set([
  ...["tinyint", "smallint", "int", "bigint", "float", "double", "boolean"],
  ...["string", "binary", "date", "timestamp"],
]);

/**
 * Whether a string is a type of Hive that Firehose can convert JSON to: a simple one, one with
 * lengths, or an array, a map or a struct of others.
 */
export function isColumnType(text: string): boolean {
  return text.length <= 131_072 && typeEnd(text, 0) === text.length;
}

/** Where the type that begins at a position ends; undefined if none does. */
function typeEnd(text: string, start: number): number | undefined {
  const [name = ""] = /^[a-z]+/u.exec(text.slice(start)) ?? [];
  const end = start + name.length;
  if (simple.has(name)) return end;
  switch (name) {
    case "char":
      return lengthEnd(
        text,
        end,
        (length, other) => length >= 1 && length <= 255 && other === undefined,
      );
    case "varchar":
      return lengthEnd(
        text,
        end,
        (length, other) => length >= 1 && length <= 65_535 && other === undefined,
      );
    case "decimal":
      return lengthEnd(
        text,
        end,
        (digits, scale = 0) => digits >= 1 && digits <= 38 && scale <= digits,
      );
    case "array":
      return listEnd(text, end, (at, index) => (index === 0 ? typeEnd(text, at) : undefined));
    case "map":
      return listEnd(text, end, (at, index) => (index < 2 ? typeEnd(text, at) : undefined), 2);
    case "struct":
      return listEnd(text, end, (at) => memberEnd(text, at));
    default:
      return undefined;
  }
}

function lengthEnd(
  text: string,
  start: number,
  isAllowed: (first: number, second?: number) => boolean,
): number | undefined {
  const [found, first, second] = /^\((\d{1,5})(?:,(\d{1,5}))?\)/u.exec(text.slice(start)) ?? [];
  if (found === undefined) return undefined;
  const other = second === undefined ? undefined : Number(second);
  return isAllowed(Number(first), other) ? start + found.length : undefined;
}

/** A list in angle brackets, of so many items or more. */
function listEnd(
  text: string,
  start: number,
  itemEnd: (at: number, index: number) => number | undefined,
  least = 1,
): number | undefined {
  if (text[start] !== "<") return undefined;
  let position = start;
  for (let index = 0; position === start || text[position] === ","; index++) {
    const end = itemEnd(position + 1, index);
    if (end === undefined) return undefined;
    position = end;
    if (text[position] === ">") return index + 1 >= least ? position + 1 : undefined;
  }
  return undefined;
}

function memberEnd(text: string, start: number): number | undefined {
  const [name] = /^[a-z_][a-z0-9_]*:/u.exec(text.slice(start)) ?? [];
  return name === undefined ? undefined : typeEnd(text, start + name.length);
}
