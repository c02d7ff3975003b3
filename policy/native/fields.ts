import { own, UNKNOWN } from "../reading/value";

/** Where the value of a property is found in a resource of Cloud Control. */
export type Field =
  /** The same value, at this path. */
  | string
  /** A value in other words. */
  | { readonly from: string; readonly as: (value: unknown) => unknown }
  /** A block, or a list of blocks, of which each property is read. */
  | { readonly from: string; readonly fields: Fields };

/** Property of the AWS provider -> its field. The path `""` is the block itself. */
export interface Fields {
  readonly [property: string]: Field;
}

/** One resource of the AWS provider that a resource of Cloud Control corresponds to. */
export interface Twin {
  readonly type: string;
  readonly fields: Fields;
  /** The block that it consists of. Without the block, there is no such resource. */
  readonly block?: string;
  /** A block of another twin instead of this one: with the block, there is no such resource. */
  readonly unless?: string;
  /** Properties that refer to the first twin of the same resource, unless they have another value. */
  readonly refersToParent?: readonly string[];
}

/** Presents the properties of a resource of Cloud Control as those of the AWS provider. */
export function presented(holder: unknown, fields: Fields): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, field]) => [name, valueOf(holder, field)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<
    string,
    unknown
  >;
}

function valueOf(holder: unknown, field: Field): unknown {
  if (typeof field === "string") return at(holder, field);
  const value = at(holder, field.from);
  if (value === undefined || value === null) return undefined;
  if (value === UNKNOWN) return UNKNOWN;
  if ("as" in field) return field.as(value);
  if (!Array.isArray(value)) return presented(value, field.fields);
  return Object.keys(value).map((index) => {
    const item = own(value, index);
    return item === UNKNOWN ? UNKNOWN : presented(item, field.fields);
  });
}

/** The value at a path, not converted. */
export function at(holder: unknown, path: string): unknown {
  return path === "" ? holder : path.split(".").reduce(own, holder);
}

/** The top-level property that a field is read from. */
export function topOf(field: Field): string {
  const [top = ""] = (typeof field === "string" ? field : field.from).split(".");
  return top;
}

/**
 * The path of Cloud Control for a path of the AWS provider, `rules[0].status`; list indices are kept.
 * `undefined` if its first name is not a property.
 */
export function nativePath(path: string, fields: Fields): string | undefined {
  const [first = "", ...rest] = path.split(".");
  const [, name = "", index = ""] = /^(\w+)((?:\[\d+\])*)$/.exec(first) ?? [];
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) return undefined;
  const from = `${typeof field === "string" ? field : field.from}${index}`;
  if (rest.length === 0) return from;
  // Some rules write an index as a name.
  const indices = rest.findIndex((part) => !/^\d+$/.test(part));
  const inner = (indices < 0 ? [] : rest.slice(indices)).join(".");
  const fieldsInside = typeof field !== "string" && "fields" in field ? field.fields : {};
  const inside = nativePath(inner, fieldsInside) ?? inner;
  const numbers = indices < 0 ? rest : rest.slice(0, indices);
  return [from, ...numbers, inside].filter((part) => part !== "").join(".");
}
