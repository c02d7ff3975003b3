import { constraint, serializationFailure, validationFailure } from "./apiFailure";

/** What a member of a request must be. AWS first converts all of a request, then checks it. */
export interface Shape<T> {
  /** @throws ApiFailure if the value has another type */
  convert(value: unknown): T;
  /** The constraints that a value does not satisfy, in AWS's words. */
  problems(value: T, at: string): readonly string[];
}

export interface Member<T, Required extends boolean> {
  readonly shape: Shape<T>;
  readonly required: Required;
}

export type Members = Readonly<Record<string, Member<unknown, boolean>>>;

type MemberType<M> = M extends Member<infer T, boolean> ? T : never;

/** The members of a request, as they are read. */
export type Input<M extends Members> = {
  readonly [K in keyof M as M[K]["required"] extends true ? K : never]: MemberType<M[K]>;
} & {
  readonly [K in keyof M as M[K]["required"] extends true ? never : K]?: MemberType<M[K]>;
};

export function required<T>(shape: Shape<T>): Member<T, true> {
  return { shape, required: true };
}

export function optional<T>(shape: Shape<T>): Member<T, false> {
  return { shape, required: false };
}

/** AWS reports so many problems of a request at most. */
const maxProblems = 10;

/** @throws ApiFailure with AWS's code and message if a message does not have such members */
export function readInput<M extends Members>(members: M, message: unknown): Input<M> {
  const shape = structure(members);
  const input = shape.convert(message);
  const problems = shape.problems(input, "");
  if (problems.length > 0) throw validationFailure(problems.slice(0, maxProblems));
  return input;
}

export function structure<M extends Members>(members: M): Shape<Input<M>> {
  return {
    convert(value) {
      if (Array.isArray(value))
        throw serializationFailure("Start of list found where not expected.");
      if (typeof value !== "object" || value === null || value instanceof Uint8Array)
        throw serializationFailure("Unexpected value type in payload");
      const read: Record<string, unknown> = {};
      for (const [name, { shape }] of Object.entries(members)) {
        const member = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : null;
        if (member !== null && member !== undefined) read[name] = shape.convert(member);
      }
      return read as Input<M>;
    },
    problems(value, at) {
      const read = value as Readonly<Record<string, unknown>>;
      return Object.entries(members).flatMap(([name, { shape, required: isRequired }]) => {
        const path = `${at === "" ? "" : `${at}.`}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
        if (Object.hasOwn(read, name)) return shape.problems(read[name], path);
        return isRequired ? [constraint(undefined, path, "not be null")] : [];
      });
    },
  };
}

interface StringLimits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly values?: readonly string[];
}

export function string({ min, max, pattern, values }: StringLimits = {}): Shape<string> {
  const expression = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, "u");
  return {
    convert(value) {
      if (typeof value === "string") return value;
      throw wrongType(value, "String", "a String");
    },
    problems(value, at) {
      const failed = [];
      if (expression && !expression.test(value))
        failed.push(`satisfy regular expression pattern: ${pattern ?? ""}`);
      if (values && !values.includes(value))
        failed.push(`satisfy enum value set: [${values.join(", ")}]`);
      failed.push(...lengthProblems(value.length, { min, max }));
      return failed.map((expected) => constraint(value, at, expected));
    },
  };
}

interface Limits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export function integer({ min = -Infinity, max = Infinity }: Limits = {}): Shape<number> {
  return {
    convert(value) {
      if (typeof value === "number" && Number.isFinite(value)) return Math.trunc(value);
      throw wrongType(value, "Integer", "an Integer");
    },
    problems(value, at) {
      if (value < min)
        return [constraint(String(value), at, `have value greater than or equal to ${min}`)];
      if (value > max)
        return [constraint(String(value), at, `have value less than or equal to ${max}`)];
      return [];
    },
  };
}

export const boolean: Shape<boolean> = {
  convert(value) {
    if (typeof value === "boolean") return value;
    throw wrongType(value, "Boolean", "an Boolean");
  },
  problems: () => [],
};

/** In milliseconds since 1970. In JSON they are seconds, in CBOR a tag makes them a Date. */
export const timestamp: Shape<number> = {
  convert(value) {
    if (value instanceof Date && Number.isFinite(value.getTime())) return value.getTime();
    if (typeof value === "number" && Number.isFinite(value)) return Math.round(value * 1000);
    throw wrongType(value, "Date", "a Timestamp");
  },
  problems: () => [],
};

/** Bytes: a byte string in CBOR, base64 otherwise. */
export function blob({ max }: { readonly max: number }): Shape<Buffer> {
  return {
    convert(value) {
      if (typeof value === "string") return fromBase64(value);
      if (value instanceof Uint8Array)
        return Buffer.from(value.buffer, value.byteOffset, value.length);
      throw wrongType(value, "nio.ByteBuffer", "a Blob");
    },
    problems: ({ length }, at) => (length <= max ? [] : [blobProblem(at, max)]),
  };
}

/** What AWS answers to a blob that is too long. */
export function blobProblem(at: string, max: number): string {
  return constraint(null, at, `have length less than or equal to ${max}`);
}

export function list<T>(of: Shape<T>, limits: Limits = {}): Shape<readonly T[]> {
  return {
    convert(value) {
      if (Array.isArray(value)) return value.map((item) => of.convert(item));
      throw wrongType(value, "List", "a List");
    },
    problems: (items, at) => [
      ...lengthProblems(items.length, limits).map((expected) => constraint(null, at, expected)),
      ...items.flatMap((item, index) => of.problems(item, `${at}.${index + 1}.member`)),
    ],
  };
}

type StringMap = Readonly<Record<string, string>>;

export function map(key: StringLimits, value: StringLimits, limits: Limits): Shape<StringMap> {
  const [keys, values] = [string(key), string(value)];
  return {
    convert(entries) {
      if (typeof entries !== "object" || entries === null || Array.isArray(entries))
        throw wrongType(entries, "Map", "a Map");
      return Object.fromEntries(
        Object.entries(entries).map(([name, entry]) => [name, values.convert(entry)]),
      );
    },
    problems(entries, at) {
      const names = Object.keys(entries);
      const shown = `{${names.map((name) => `${name}=${entries[name] ?? ""}`).join(", ")}}`;
      const failed = lengthProblems(names.length, limits).map((expected) =>
        constraint(shown, at, expected),
      );
      for (const [what, shape, limit, entry] of [
        ["keys", keys, key, names],
        ["value", values, value, Object.values(entries)],
      ] as const)
        if (entry.some((one) => shape.problems(one, at).length > 0))
          failed.push(
            `Value '${shown}' at '${at}' failed to satisfy constraint: Map ${what} must satisfy constraint: [${limitsOf(limit)}]`,
          );
      return failed;
    },
  };
}

function limitsOf({ min = 0, max = Infinity }: StringLimits): string {
  return `Member must have length less than or equal to ${max}, Member must have length greater than or equal to ${min}`;
}

function lengthProblems(length: number, { min = 0, max = Infinity }: Limits): string[] {
  if (length < min) return [`have length greater than or equal to ${min}`];
  if (length > max) return [`have length less than or equal to ${max}`];
  return [];
}

function wrongType(value: unknown, javaType: string, expected: string): Error {
  if (Array.isArray(value))
    return serializationFailure(`Unrecognized collection type class java.lang.${javaType}`);
  if (typeof value === "object")
    return serializationFailure("Start of structure or map found where not expected.");
  const found =
    typeof value === "boolean" ? `${String(value).toUpperCase()}_VALUE` : `${typeof value}_VALUE`;
  return serializationFailure(`${found.toUpperCase()} can not be converted to ${expected}`);
}

function fromBase64(text: string): Buffer {
  if (text.length % 4 !== 0)
    throw serializationFailure(
      `'${shortened(text)}' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`,
    );
  const bytes = Buffer.from(text, "base64");
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  // Node.js leaves out what is not base64, and takes base64url for it.
  if (bytes.length === (text.length / 4) * 3 - padding && !/[-_]/u.test(text)) return bytes;
  const [found = "="] = /[^A-Za-z0-9+/=]/u.exec(text) ?? [];
  throw serializationFailure(
    `'${shortened(text)}' can not be converted to a Blob: Invalid Base64 character: '${found}'`,
  );
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
