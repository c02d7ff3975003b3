import {
  isGroup,
  type Properties,
  type PropertyValue,
  revealed,
  Secret,
  Unknown,
} from "../graph/resourceGraph";
import { type AwsScope, inRegion, providerScope } from "./awsScope";
import { madeUpUuid } from "./physicalName";
import type { ResourceRequest } from "./resourceProvider";
import { awsShapes } from "./shapes";
import type { AwsShape } from "./shapes/shape";
import { fill, type Template, valuesFrom } from "./template";

/** The id of a resource, and the outputs that AWS would add. What is left out is unknown. */
interface AwsState {
  readonly id: PropertyValue;
  readonly computed: Properties;
}

/** The state of a resource with these inputs, before it is created. */
export function createdState(request: ResourceRequest, stack: AwsScope): AwsState {
  const shape = awsShapes[request.type];
  if (shape === undefined) return { id: new Unknown(), computed: {} };
  const scope = scopeOf(request, stack);
  const computed = outputsOf(shape, request, { ...placesOf(scope), uuid: uuidOf(request) });
  const known = { ...request.inputs, ...computed, ...placesOf(scope), uuid: uuidOf(request) };
  const id = shape.id === undefined ? new Unknown() : fill(shape.id, known);
  return { id, computed };
}

/** Adds the name of an imported resource, as far as its id contains it. */
export function withExistingName(request: ResourceRequest, id: string): Properties {
  const shape = awsShapes[request.type];
  const property = shape?.name?.property;
  if (shape === undefined || property === undefined) return request.inputs;
  const name = fromId(shape, id).inputs[property];
  return { ...(name !== undefined && { [property]: name }), ...request.inputs };
}

/** What the id of an existing resource, which is its name or its ARN, says about it. */
export function existingState(
  request: ResourceRequest & { readonly id: string },
  stack: AwsScope,
): Properties {
  const shape = awsShapes[request.type];
  if (shape === undefined) return request.inputs;
  const { inputs, places } = fromId(shape, request.id);
  const scope = inRegion(scopeOf(request, stack), places["region"]);
  const all = { ...inputs, ...request.inputs };
  const known = { ...placesOf(scope), ...places, id: request.id };
  return { ...outputsOf(shape, { ...request, inputs: all }, known), ...all };
}

/**
 * Default tags and the resource's own ones, which win. Undefined if the type does not have any.
 */
export function allTags(request: ResourceRequest, stack: AwsScope): PropertyValue | undefined {
  if (awsShapes[request.type]?.tagged === undefined) return undefined;
  const own = request.inputs["tags"] ?? {};
  const plain = own instanceof Secret ? own.reveal() : own;
  const { defaultTags } = scopeOf(request, stack);
  if (!isGroup(plain) || !isGroup(defaultTags)) return new Unknown();
  const merged = { ...defaultTags, ...plain };
  return own instanceof Secret ? new Secret(merged) : merged;
}

/** Whether the provider of a resource adds tags to it. */
export function hasDefaultTags(request: ResourceRequest, stack: AwsScope): boolean {
  const { defaultTags } = scopeOf(request, stack);
  return !isGroup(defaultTags) || Object.keys(defaultTags).length > 0;
}

function scopeOf({ inputs, providerInputs }: ResourceRequest, stack: AwsScope): AwsScope {
  const scope = providerInputs === undefined ? stack : providerScope(providerInputs, stack);
  return inRegion(scope, inputs["region"]);
}

/** The parts of a scope that templates use. */
function placesOf({ region, account, partition, dnsSuffix }: AwsScope): Properties {
  return { region, account, partition, dnsSuffix };
}

function outputsOf(shape: AwsShape, { inputs }: ResourceRequest, places: Properties): Properties {
  const known: Record<string, PropertyValue> = { ...inputs, ...places };
  const computed: Record<string, PropertyValue> = shape.global ? {} : regionOf(places);
  for (const [output, template] of Object.entries(shape.outputs ?? {}))
    known[output] = computed[output] = inputs[output] ?? fill(template, known);
  return computed;
}

function regionOf({ region }: Properties): Record<string, PropertyValue> {
  return { region: region ?? new Unknown() };
}

/** The id of a key that AWS copies to other regions has another form. */
function uuidOf({ urn, inputs }: ResourceRequest): string {
  const uuid = madeUpUuid(urn);
  const multiRegion = revealed(inputs["multiRegion"] ?? null) === true;
  return multiRegion ? `mrk-${uuid.replaceAll("-", "")}` : uuid;
}

/** What an id can contain that is not an input. */
const PLACES: ReadonlySet<string> = new Set([
  "partition",
  "region",
  "account",
  "dnsSuffix",
  "uuid",
]);

/** The inputs that an id contains, and the place of the resource if the id names it. */
function fromId(shape: AwsShape, id: string): { inputs: Properties; places: Properties } {
  const arn = id.startsWith("arn:") ? shape.outputs?.["arn"] : undefined;
  const values = Object.entries(valuesOfId(shape, id, arn) ?? {});
  const of = (place: boolean): Properties =>
    Object.fromEntries(values.filter(([key]) => PLACES.has(key) === place));
  return { inputs: { ...of(false), ...(arn !== undefined && { arn: id }) }, places: of(true) };
}

function valuesOfId({ id: form, outputs, name }: AwsShape, id: string, arn?: Template) {
  if (arn !== undefined) return valuesFrom(arn, id);
  if (form === "{url}") return valuesFrom(outputs?.["url"] ?? form, id);
  // The provider also finds a resource by its name, if its id is its ARN.
  if (form === "{arn}") return name && { [name.property]: id };
  return form && valuesFrom(form, id);
}
