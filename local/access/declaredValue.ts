import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { readPolicy } from "../../aws/iam/language/readPolicy";
import {
  type GraphResource,
  type PropertyValue,
  revealed,
  Unknown,
  valuesIn,
} from "../../engine/graph/resourceGraph";

/** A property that holds a text; undefined if it is not set, or is no text before a deployment. */
export function declaredText(resource: GraphResource, property: string): string | undefined {
  const value = revealed(declaredValue(resource, property) ?? null);
  return typeof value === "string" ? value : undefined;
}

/** What AWS says of a resource, else what the program says. Secrets stay as they are. */
export function declaredValue(
  { inputs, outputs }: GraphResource,
  property: string,
): PropertyValue | undefined {
  return outputs[property] ?? inputs[property] ?? undefined;
}

/**
 * Whether a property of a companion (a policy, an attachment) names the resource. While the name is
 * not known, its origin tells; without one it may be any.
 */
export function names(
  companion: GraphResource,
  property: string,
  { urn, identifiers }: { readonly urn?: string; readonly identifiers: readonly string[] },
): boolean {
  const value = revealed(declaredValue(companion, property) ?? null);
  if (!(value instanceof Unknown)) return typeof value === "string" && identifiers.includes(value);
  const origins = companion.propertyDependencies[property] ?? [];
  return origins.length === 0 || (urn !== undefined && origins.includes(urn));
}

/**
 * A policy that a resource holds, as JSON text or as a document.
 *
 * @param name what grants and denials call it, e.g. "bucket policy user-events"
 */
export function declaredPolicy(name: string, value: PropertyValue): IamPolicy | Unresolved {
  if ([...valuesIn(value)].some((part) => part instanceof Unknown))
    return new Unresolved(`the ${name} is not known before a deployment`);
  const document = revealed(value);
  try {
    return readPolicy(name, typeof document === "string" ? document : JSON.stringify(document));
  } catch (error) {
    return new Unresolved((error as Error).message.replace(/^The /, "the "));
  }
}

/** Something that decides about access and that a graph does not tell. */
export class Unresolved {
  /** Why, as a clause, e.g. "the role arn:aws:iam::123456789012:role/existing is not declared here". */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
