import { urnParts } from "../../engine/graph/urn";

/** A type token without its module's file, as Pulumi shows it: `aws:s3:Bucket`. */
export function shortType(type: string): string {
  return type.replace(/\/\w+:/, ":");
}

/** How a report names a resource. */
export interface ResourceTitle {
  readonly name: string;
  /** Empty if the URN tells none. */
  readonly type: string;
}

/** Name and short type of the resource that a URN stands for; of anything else, all as the name. */
export function resourceTitle(urn: string): ResourceTitle {
  const parts = urnParts(urn);
  return parts === undefined
    ? { name: urn, type: "" }
    : { name: parts.name, type: shortType(parts.type) };
}

/** The same as one text. */
export function urnTitle(urn: string): string {
  const { name, type } = resourceTitle(urn);
  return type === "" ? name : `${name}  ${type}`;
}
