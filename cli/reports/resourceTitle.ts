import { urnParts } from "../../engine/graph/urn";
import { printable } from "./printable";

/** A type token without its module file, as Pulumi shows it: `aws:s3:Bucket`. */
export function shortType(type: string): string {
  return type.replace(/\/\w+:/, ":");
}

/** The name of a resource in reports. */
export interface ResourceTitle {
  readonly name: string;
  /** Empty if the URN has none. */
  readonly type: string;
}

/** Name and short type in a URN; anything else is a name without a type. */
export function resourceTitle(urn: string): ResourceTitle {
  const parts = urnParts(urn);
  return parts === undefined
    ? { name: urn, type: "" }
    : { name: parts.name, type: shortType(parts.type) };
}

/** The same as one string that can be printed. */
export function urnTitle(urn: string): string {
  const { name, type } = resourceTitle(urn);
  return printable(type === "" ? name : `${name}  ${type}`);
}
