import { createHash } from "node:crypto";
import { type Properties, type PropertyValue, Secret, Unknown } from "../graph/resourceGraph";
import { awsShapes, type AwsShape } from "./awsShapes";
import type { ResourceRequest } from "./resourceProvider";

/** The account id that AWS uses in its documentation. */
const ACCOUNT = "123456789012";

/** Adds a physical name like the ones that the Pulumi provider generates, the same in every run. */
export function withPhysicalName({ urn, type, name, inputs }: ResourceRequest): Properties {
  const physical = awsShapes[type]?.name;
  if (physical === undefined) return inputs;
  const { property, maxLength, lowerCase, begin = "" } = physical;
  if (property in inputs || `${property}Prefix` in inputs) return inputs;
  const generated = `${begin}${name}-${hashOf(urn).slice(0, 7)}`;
  if (generated.length > maxLength) {
    throw new Error(
      `${type} "${name}": the ${property} that Pulumi generates, "${generated}", has ` +
        `${generated.length} characters; AWS allows at most ${maxLength}. Shorten the resource's ` +
        `name or set ${property}.`,
    );
  }
  return { ...inputs, [property]: lowerCase ? generated.toLowerCase() : generated };
}

/** The id of a resource with these inputs, and the outputs that AWS would add. */
export function awsState(
  request: ResourceRequest,
  stackRegion: string,
): { readonly id: PropertyValue; readonly computed: Properties } {
  // Since version 7 of the provider, a resource can set its region.
  const explicit = request.inputs["region"] ?? request.providerInputs?.["region"];
  const region = typeof explicit === "string" ? explicit : stackRegion;
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

/** The inputs that follow from the id of an existing resource, which is its name or its ARN. */
export function inputsOfId(type: string, id: string): Properties {
  const shape = awsShapes[type];
  const [, property] = /^{(\w+)}$/.exec(shape?.id ?? "") ?? [];
  if (shape === undefined || property === undefined) return {};
  if (!id.startsWith("arn:")) return { [property === "arn" ? "name" : property]: id };
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

/** Fills a template. A secret makes the result secret, and an unknown value makes it unknown. */
function fill(template: string, known: Properties): PropertyValue {
  const placeholder = /{(\w+)}/g;
  const values = [...template.matchAll(placeholder)].map(([, key = ""]) => known[key]);
  const strings = values.map((value) => (value instanceof Secret ? value.reveal() : value));
  if (!strings.every((value) => typeof value === "string")) return new Unknown();
  const filled = template.replace(placeholder, () => strings.shift() ?? "");
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
