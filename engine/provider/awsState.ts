import { createHash } from "node:crypto";
import { awsShapes, type AwsShape } from "./awsShapes";
import { type Properties, type PropertyValue, Secret, Unknown } from "../graph/resourceGraph";
import type { ResourceRequest } from "./resourceProvider";

/** The account that AWS uses in its own examples. */
const ACCOUNT = "123456789012";

/** Physical names as the Pulumi provider makes them up, the same in every run. */
export function withPhysicalName({ urn, type, name, inputs }: ResourceRequest): Properties {
  const physical = awsShapes[type]?.name;
  if (physical === undefined) return inputs;
  const { property, maxLength, lowerCase, begin = "" } = physical;
  if (property in inputs || `${property}Prefix` in inputs) return inputs;
  const made = `${begin}${name}-${hashOf(urn).slice(0, 7)}`;
  if (made.length > maxLength) {
    throw new Error(
      `${type} "${name}": the ${property} that Pulumi would give it, "${made}", has ${made.length} ` +
        `characters, and AWS allows ${maxLength}. Shorten the resource's name or set ${property}.`,
    );
  }
  return { ...inputs, [property]: lowerCase ? made.toLowerCase() : made };
}

/** What AWS would add to a resource with these inputs, and its id. */
export function awsState(
  request: ResourceRequest,
  stackRegion: string,
): { readonly id: PropertyValue; readonly computed: Properties } {
  // Since version 7 of the provider, a resource can say its own region.
  const given = request.inputs["region"] ?? request.providerInputs?.["region"];
  const region = typeof given === "string" ? given : stackRegion;
  const shape = awsShapes[request.type] ?? genericShape(request.type);
  const known: Record<string, PropertyValue> = {
    ...shape.defaults,
    ...request.inputs,
    region,
    ...partitionOf(region),
    account: ACCOUNT,
    uuid: uuidOf(request.urn),
    physicalName: `${request.name}-${hashOf(request.urn).slice(0, 7)}`,
  };
  const computed: Record<string, PropertyValue> = {};
  for (const [output, template] of Object.entries(shape.outputs ?? {}))
    known[output] = computed[output] = request.inputs[output] ?? fill(template, known);
  return { id: fill(shape.id, known), computed };
}

/** The inputs that the id of an existing resource, its name or its ARN, stands for. */
export function inputsOfId(type: string, id: string): Properties {
  const shape = awsShapes[type];
  const [, only] = /^{(\w+)}$/.exec(shape?.id ?? "") ?? [];
  if (shape === undefined || only === undefined) return {};
  if (!id.startsWith("arn:")) return { [only === "arn" ? "name" : only]: id };
  const pattern = resourceOf(shape.outputs?.["arn"] ?? "")
    .replace("{path}", "/(?:.+/)?")
    .replace(/{(\w+)}/g, "(?<$1>.+)");
  return { arn: id, ...new RegExp(`^${pattern}$`).exec(resourceOf(id))?.groups };
}

/** What follows the account in an ARN. */
function resourceOf(arn: string): string {
  return arn.split(":").slice(5).join(":");
}

function genericShape(type: string): AwsShape {
  const [, service, kind] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  if (service === undefined || kind === undefined) return { id: "{uuid}" };
  return {
    outputs: { arn: `arn:{partition}:${service}:{region}:{account}:${kind}/{physicalName}` },
    id: "{physicalName}",
  };
}

/** Fills a template; what is made of a secret is secret, and of an unknown value unknown. */
function fill(template: string, known: Properties): PropertyValue {
  const placeholder = /{(\w+)}/g;
  const values = [...template.matchAll(placeholder)].map(([, key = ""]) => known[key]);
  const texts = values.map((value) => (value instanceof Secret ? value.reveal() : value));
  if (!texts.every((text) => typeof text === "string")) return new Unknown();
  const filled = template.replace(placeholder, () => texts.shift() ?? "");
  return values.some((value) => value instanceof Secret) ? new Secret(filled) : filled;
}

function partitionOf(region: string): { partition: string; dnsSuffix: string } {
  if (region.startsWith("cn-")) return { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
  const partition = region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return { partition, dnsSuffix: "amazonaws.com" };
}

function hashOf(urn: string): string {
  return createHash("sha256").update(urn).digest("hex");
}

function uuidOf(urn: string): string {
  const hex = hashOf(urn);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}
