import { createHash } from "node:crypto";
import { type Properties, revealed } from "../graph/resourceGraph";
import type { ResourceRequest } from "./resourceProvider";
import { awsShapes } from "./shapes";
import type { PhysicalName } from "./shapes/shape";

/** Adds a physical name like the ones that the Pulumi provider generates, the same in every run. */
export function withPhysicalName({ urn, type, name, inputs }: ResourceRequest): Properties {
  const physical = awsShapes[type]?.name;
  if (physical === undefined) return inputs;
  const { property, maxLength } = physical;
  if (property in inputs || `${property}Prefix` in inputs) return inputs;
  const generated = generatedName(urn, name, physical, inputs);
  if (generated.length > maxLength) {
    throw new Error(
      `${type} "${name}": the ${property} that Pulumi generates, "${generated}", has ` +
        `${generated.length} characters; AWS allows at most ${maxLength}. Shorten the resource's ` +
        `name or set ${property}.`,
    );
  }
  return { ...inputs, [property]: generated };
}

/** A generated name, which has other random characters in each deployment. */
export interface GeneratedName {
  readonly name: string;
  /** The name with `?` for each random character, as in IAM policies. */
  readonly pattern: string;
}

/** @returns undefined if the program sets the name, or if nothing in it is random */
export function generatedNameOf({
  urn,
  type,
  name,
  inputs,
}: ResourceRequest): GeneratedName | undefined {
  const physical = awsShapes[type]?.name;
  if (physical === undefined || physical.random === "nothing") return undefined;
  const generated = generatedName(urn, name, physical, inputs);
  if (inputs[physical.property] !== generated) return undefined;
  const random = randomPart(urn, physical);
  const at = generated.lastIndexOf(random);
  const pattern =
    generated.slice(0, at) + "?".repeat(random.length) + generated.slice(at + random.length);
  return { name: generated, pattern };
}

/** The input with the physical name of a resource, and whether the program has left the name to the provider. */
export interface NameInput {
  readonly property: string;
  readonly isGenerated: boolean;
}

/** @returns undefined if resources of the type need no name that the provider could generate */
export function nameInputOf({
  urn,
  type,
  name,
  inputs,
}: Omit<ResourceRequest, "id" | "providerInputs">): NameInput | undefined {
  const physical = awsShapes[type]?.name;
  if (physical === undefined) return undefined;
  const { property } = physical;
  return {
    property,
    isGenerated: inputs[property] === generatedName(urn, name, physical, inputs),
  };
}

function generatedName(
  urn: string,
  name: string,
  physical: PhysicalName,
  inputs: Properties,
): string {
  const { lowerCase, begin = "", separator = "-", random, fifo } = physical;
  if (random === "nothing") return name;
  const end = fifo !== undefined && revealed(inputs[fifo] ?? null) === true ? ".fifo" : "";
  const generated = `${begin}${name}${separator}${randomPart(urn, physical)}${end}`;
  return lowerCase ? generated.toLowerCase() : generated;
}

function randomPart(urn: string, { random }: PhysicalName): string {
  const hash = hashOf(urn);
  return random === undefined ? hash.slice(0, 7) : lettersOf(hash).slice(0, 8);
}

/** An id in the form of those that AWS chooses for keys, the same in every run. */
export function madeUpUuid(urn: string): string {
  const hex = hashOf(urn);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}

function hashOf(urn: string): string {
  return createHash("sha256").update(urn).digest("hex");
}

function lettersOf(hex: string): string {
  return hex.replace(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 16)));
}
