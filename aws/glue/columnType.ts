/** The type of a column in the AWS Glue Data Catalog, in Hive's type language. */
export type ColumnType =
  | { readonly kind: PlainKind }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  /** `length` in characters. */
  | { readonly kind: "char" | "varchar"; readonly length: number }
  | { readonly kind: "array"; readonly element: ColumnType }
  | { readonly kind: "map"; readonly key: ColumnType; readonly value: ColumnType }
  | { readonly kind: "struct"; readonly fields: readonly Column[] };

/** A column of a table, or a field of a struct. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** Types without parameters. */
type PlainKind = (typeof plainKinds)[number];

const plainKinds = [
  ...(["tinyint", "smallint", "int", "bigint", "float", "double"] as const),
  ...(["boolean", "string", "binary", "timestamp", "date"] as const),
] as const;

/** Other names that Hive and Athena accept. */
const synonyms: Readonly<Record<string, PlainKind>> = { integer: "int", real: "float" };

/** Hive, "LanguageManual Types". */
const limits = { char: 255, varchar: 65_535, precision: 38 };

/** Deeper types are a mistake, and would exhaust the stack. */
const maximumDepth = 100;

/**
 * Reads a type, e.g. `array<struct<id:bigint,price:decimal(10,2)>>`, in any case and with any white space.
 *
 * Source: Hive, "LanguageManual Types"; AWS Glue API, Column.
 *
 * @throws Error that says what is wrong, e.g. `has the type "array<string": ">" is missing`
 */
export function parseColumnType(text: string): ColumnType {
  const tokens = text.match(/`(?:[^`]|``)*`|[<>(),:]|[^\s<>(),:`]+|\S/gu) ?? [];
  const parser = new TypeParser(tokens);
  try {
    const type = parser.type(0);
    parser.end();
    return type;
  } catch (error) {
    throw new Error(`has the type "${text}": ${(error as Error).message}`, { cause: error });
  }
}

class TypeParser {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  type(depth: number): ColumnType {
    if (depth > maximumDepth) throw new Error(`is nested more than ${maximumDepth} levels deep`);
    const name = this.#take("a type").toLowerCase();
    switch (name) {
      case "array":
        return this.#in("<", ">", () => ({ kind: "array", element: this.type(depth + 1) }));
      case "map":
        return this.#in("<", ">", () => this.#map(depth + 1));
      case "struct":
        return this.#in("<", ">", () => this.#struct(depth + 1));
      case "char":
      case "varchar":
        return this.#in("(", ")", () => ({
          kind: name,
          length: this.#number(`the length of ${name}`, 1, limits[name]),
        }));
      case "decimal":
      case "numeric":
        return this.#decimal();
      default: {
        const kind = synonyms[name] ?? plainKinds.find((plain) => plain === name);
        if (kind === undefined) throw new Error(`"${name}" is not a supported type`);
        if (kind === "double") this.#skip("precision");
        return { kind };
      }
    }
  }

  end(): void {
    const rest = this.#tokens[this.#next];
    if (rest !== undefined) throw new Error(`"${rest}" follows the end of the type`);
  }

  #map(depth: number): ColumnType {
    const key = this.type(depth);
    if (key.kind === "array" || key.kind === "map" || key.kind === "struct")
      throw new Error(`the key of a map cannot be of type ${key.kind}`);
    this.#expect(",");
    return { kind: "map", key, value: this.type(depth) };
  }

  #struct(depth: number): ColumnType {
    const fields: Column[] = [];
    do {
      const name = this.#name();
      if (fields.some((field) => field.name.toLowerCase() === name.toLowerCase()))
        throw new Error(`the field "${name}" is declared twice`);
      this.#expect(":");
      fields.push({ name, type: this.type(depth) });
    } while (this.#skip(","));
    return { kind: "struct", fields };
  }

  #name(): string {
    const name = this.#take("the name of a field");
    if (name.startsWith("`") && name.length > 2) return name.slice(1, -1).replaceAll("``", "`");
    if (/[<>(),:`]/u.test(name)) throw new Error(`"${name}" is not the name of a field`);
    return name;
  }

  #decimal(): ColumnType {
    // Without parameters, Hive's default.
    if (this.#tokens[this.#next] !== "(") return { kind: "decimal", precision: 10, scale: 0 };
    return this.#in("(", ")", () => {
      const precision = this.#number("the precision of decimal", 1, limits.precision);
      const scale = this.#skip(",") ? this.#number("the scale of decimal", 0, precision) : 0;
      return { kind: "decimal", precision, scale };
    });
  }

  #number(what: string, minimum: number, maximum: number): number {
    const token = this.#take(what);
    const value = Number(token);
    if (!/^\d+$/u.test(token) || value < minimum || value > maximum)
      throw new Error(`${what} is ${token}; allowed: ${minimum} to ${maximum}`);
    return value;
  }

  #in(open: string, close: string, content: () => ColumnType): ColumnType {
    this.#expect(open);
    const type = content();
    this.#expect(close);
    return type;
  }

  #take(what: string): string {
    const token = this.#tokens[this.#next++];
    if (token === undefined) throw new Error(`${what} is missing`);
    return token;
  }

  #expect(token: string): void {
    if (!this.#skip(token)) throw new Error(`"${token}" is missing`);
  }

  #skip(token: string): boolean {
    if (this.#tokens[this.#next]?.toLowerCase() !== token) return false;
    this.#next += 1;
    return true;
  }
}
