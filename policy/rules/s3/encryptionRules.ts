import {
  anyOf,
  asList,
  type Decision,
  isObject,
  type Properties,
  readEach,
  readValue,
  UNKNOWN,
  type Value,
} from "../../reading/value";

/** Paths of encryption rules, in each of the resource types. */
const rulePaths = [
  "rules",
  "serverSideEncryptionConfiguration.rule",
  "serverSideEncryptionConfigurations.rules",
];
/** The block in a rule: one of the two, depending on the resource type. */
const defaults = ["applyServerSideEncryptionByDefault", "applyServerSideEncryptionByDefaults"];

/** One rule of a bucket's default encryption. */
export interface EncryptionRule {
  /** With list indices: `rules.0`. */
  readonly path: string;
  readonly block: Value;
}

/** The rules of an encryption configuration, or of the in-line encryption of a bucket. */
export function encryptionRules(props: Properties): readonly EncryptionRule[] {
  return rulePaths.flatMap((path) => {
    const [property = path, ...names] = path.split(".");
    return blocks(readValue(props, property), names, property);
  });
}

/** Whether a rule encrypts with one of some algorithms. */
export function encryptsWith(rule: Value, algorithms: readonly string[]): Decision {
  return anyOf(
    readDefaults(rule, "sseAlgorithm").map((word) =>
      word === UNKNOWN ? UNKNOWN : algorithms.some((algorithm) => algorithm === word),
    ),
  );
}

/** A property of the defaults that a rule applies; unknown if the rule is unknown. */
export function readDefaults(rule: Value, property: string): readonly Value[] {
  if (rule === UNKNOWN) return [UNKNOWN];
  if (!isObject(rule)) return [];
  return defaults.flatMap((name) => readEach(rule, `${name}.${property}`));
}

function blocks(
  value: Value | undefined,
  names: readonly string[],
  path: string,
): readonly EncryptionRule[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    return asList(value).flatMap((item, index) => blocks(item, names, `${path}.${index}`));
  }
  const [name, ...inner] = names;
  if (name === undefined || !isObject(value)) return [{ path, block: value }];
  return blocks(value[name], inner, `${path}.${name}`);
}
