import { parseArn } from "../../../components/iam/arn";
import {
  type GraphResource,
  isGroup,
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  resourcesOfType,
  revealed,
  Secret,
} from "../../../engine/graph/resourceGraph";
import { ASSUMED_ACCOUNT } from "../../../engine/provider/awsScope";
import { partitionOf } from "../../../engine/provider/partition";
import { generatedNameOf } from "../../../engine/provider/physicalName";
import { declaredString, declaredValue } from "../declaredValue";
import type { Calls, Target } from "./deployedType";

/** Operator -> condition key -> value. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where a stack is deployed. */
export interface DeploymentScope {
  /** Of the resources that do not set one. */
  readonly region: string;
  /** Replaces the account that the graph assumes. Default: the assumed one stays. */
  readonly account?: string;
}

/** What statements of a policy apply to. */
interface Narrowed {
  readonly arns: readonly string[];
  readonly condition: Condition;
}

const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";

/** The ARNs of a stack's resources as policies name them before they exist: with wildcards for what is random. */
export class DeployedArns {
  readonly #graph: ResourceGraph;
  readonly #scope: DeploymentScope;
  /** Longest names first, because a name can contain another one. */
  readonly #generated: readonly (readonly [name: string, pattern: string])[];

  constructor(graph: ResourceGraph, scope: DeploymentScope) {
    this.#graph = graph;
    this.#scope = scope;
    this.#generated = graph.resources
      .filter(({ external }) => !external)
      .flatMap((resource) => generatedNameOf(resource) ?? [])
      .map(({ name, pattern }) => [name, pattern] as const)
      .sort(([one], [other]) => other.length - one.length);
  }

  /** @param service that the calls belong to, e.g. `sns` */
  of(resource: GraphResource, target: Target, service: string): Narrowed {
    if (typeof target !== "string")
      return "key" in target
        ? this.#key(resource, target.key)
        : { arns: [this.#role(resource, target.role)], condition: {} };
    if (target === "*") return { arns: ["*"], condition: {} };
    const arn = this.filled(resource, target);
    const unknown = `arn:{partition}:${service}:{region}:{account}:*`;
    return {
      arns: [arn.startsWith("arn:") ? arn : this.filled(resource, unknown)],
      condition: {},
    };
  }

  /** The condition of calls, including the tags that they pass. */
  condition(resource: GraphResource, { condition = {}, withTags }: Calls): Condition {
    const filled = Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [key, this.filled(resource, value)]),
      ),
    ]);
    const written = Object.fromEntries(filled) as Condition;
    return withTags ? joined(written, tagCondition("aws:RequestTag", resource)) : written;
  }

  /** What distinguishes a key that is declared from others. Empty if nothing does. */
  keyCondition(key: GraphResource): Condition {
    return tagCondition("aws:ResourceTag", key);
  }

  /** The template with the resource's values. A value that is unknown or secret becomes `*`. */
  filled(resource: GraphResource, template: string): string {
    const { region, account } = this.#placeOf(resource);
    const places = { partition: region === "*" ? "*" : partitionOf(region).partition };
    const values = { ...places, region, account } as Readonly<Record<string, string>>;
    const text = template.replace(
      /{([\w.]+)}/g,
      (_, path: string) => values[path] ?? shownValue(valueAt(resource, path)),
    );
    return this.pattern(text);
  }

  /** A string of the graph with wildcards for what is random, and with the account of the deployment. */
  pattern(text: string): string {
    const { account } = this.#scope;
    const named = this.#generated.reduce(
      (result, [name, pattern]) => result.replaceAll(name, pattern),
      text,
    );
    if (account === undefined) return named;
    return named.replace(
      new RegExp(`^(arn:[^:]*:[^:]*:[^:]*:)${ASSUMED_ACCOUNT}(?=:)`),
      `$1${account}`,
    );
  }

  #placeOf(resource: GraphResource): { readonly region: string; readonly account: string } {
    const region = declaredValue(resource, "region");
    const arn = declaredString(resource, "arn");
    const account = arn?.startsWith("arn:") ? parseArn(arn).account : "";
    return {
      region: region === undefined ? this.#scope.region : shownValue(region),
      account: account || this.#stackAccount(),
    };
  }

  /** Of any resource that the stack's own provider creates. */
  #stackAccount(): string {
    for (const resource of this.#graph.resources) {
      const arn = resource.options.provider === undefined && declaredString(resource, "arn");
      if (!arn || resource.external || !arn.startsWith("arn:")) continue;
      const { account } = parseArn(arn);
      if (account !== "") return account;
    }
    return ASSUMED_ACCOUNT;
  }

  #role(resource: GraphResource, property: string): string {
    const value = shownValue(valueAt(resource, property));
    if (value.startsWith("arn:")) return this.pattern(value);
    const declared = resourcesOfType(this.#graph, ROLE).find(
      (role) => declaredString(role, "name") === value,
    );
    const arn = declared && declaredString(declared, "arn");
    return arn === undefined
      ? this.filled(resource, `arn:{partition}:iam::{account}:role/${value}`)
      : this.pattern(arn);
  }

  #key(resource: GraphResource, property: string): Narrowed {
    const value = shownValue(valueAt(resource, property));
    // Nobody needs permission for the keys of AWS services.
    if (/(?:^|:)alias\/aws\//.test(value)) return { arns: [], condition: {} };
    const anyKey = this.filled(resource, "arn:{partition}:kms:{region}:{account}:key/*");
    const declared = this.#declaredKey(value);
    if (declared !== undefined && !declared.external)
      return { arns: [anyKey], condition: tagCondition("aws:ResourceTag", declared) };
    if (/(?:^|:)alias\//.test(value)) {
      const alias = value.replace(/^.*:(?=alias\/)/, "");
      const names = { "kms:ResourceAliases": this.pattern(alias) };
      return { arns: [anyKey], condition: { "ForAnyValue:StringLike": names } };
    }
    const arn = value.startsWith("arn:") ? value : anyKey.replace(/\*$/, value);
    return { arns: [this.pattern(arn)], condition: {} };
  }

  #declaredKey(value: string): GraphResource | undefined {
    const alias = resourcesOfType(this.#graph, "aws:kms/alias:Alias").find((candidate) =>
      ["name", "arn"].some((property) => declaredString(candidate, property) === value),
    );
    const id = (alias && declaredString(alias, "targetKeyId")) ?? value;
    return resourcesOfType(this.#graph, KEY).find((key) =>
      ["keyId", "arn"].some((property) => declaredString(key, property) === id),
    );
  }
}

/** Requires the known tags of a resource, e.g. as `aws:ResourceTag`. Empty if it has none. */
function tagCondition(key: string, resource: GraphResource): Condition {
  const declared = declaredValue(resource, "tagsAll") ?? declaredValue(resource, "tags") ?? {};
  const tags = isGroup(declared) ? Object.entries(declared) : [];
  const known = tags.filter(([, value]) => typeof value === "string");
  if (known.length === 0) return {};
  const required = known.map(([name, value]) => [`${key}/${name}`, value] as const);
  return { StringEquals: Object.fromEntries(required) as Readonly<Record<string, string>> };
}

/** Both conditions at once. */
export function joined(one: Condition, other: Condition): Condition {
  const operators = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(
    operators.map((operator) => [operator, { ...one[operator], ...other[operator] }]),
  );
}

/** An output or input, or a part of one. Undefined if it is not set. */
export function valueAt(
  { inputs, outputs }: GraphResource,
  path: string,
): PropertyValue | undefined {
  return path
    .split(".")
    .reduce<PropertyValue | undefined>(
      (value, name) => (value !== undefined && isGroup(value) ? value[name] : undefined),
      { ...withoutNulls(inputs), ...withoutNulls(outputs) },
    );
}

function withoutNulls(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}

function shownValue(value: PropertyValue | undefined): string {
  if (value === undefined || value instanceof Secret) return "*";
  const plain = revealed(value);
  return typeof plain === "string" || typeof plain === "number" ? String(plain) : "*";
}
