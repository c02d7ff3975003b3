import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import { readPolicy } from "../../aws/iam/language/readPolicy";
import {
  type GraphResource,
  type PropertyValue,
  revealed,
  Unknown,
  valuesIn,
} from "../../engine/graph/resourceGraph";

/** The output of a resource or, without one, the input. Secrets stay wrapped. */
export function declaredValue(
  { inputs, outputs }: GraphResource,
  property: string,
): PropertyValue | undefined {
  return outputs[property] ?? inputs[property] ?? undefined;
}

/** Undefined if the property is not set, unknown, or not a string. */
export function declaredString(resource: GraphResource, property: string): string | undefined {
  const value = revealed(declaredValue(resource, property) ?? null);
  return typeof value === "string" ? value : undefined;
}

/**
 * Whether a property of a resource (a policy, an attachment) refers to the target. If its value is
 * unknown, the resource that it depends on decides; without one, it may refer to any target.
 */
export function refersTo(
  resource: GraphResource,
  property: string,
  target: { readonly urn?: string; readonly identifiers: readonly string[] },
): boolean {
  const value = revealed(declaredValue(resource, property) ?? null);
  if (!(value instanceof Unknown))
    return typeof value === "string" && target.identifiers.includes(value);
  const dependencies = resource.propertyDependencies[property] ?? [];
  return (
    dependencies.length === 0 || (target.urn !== undefined && dependencies.includes(target.urn))
  );
}

/**
 * Reads the value of a property that contains a policy, as JSON or as a document.
 *
 * @param name name of the policy in grants and messages, e.g. "bucket policy user-events"
 */
export function declaredPolicy(name: string, value: PropertyValue): IamPolicy | Unresolved {
  if ([...valuesIn(value)].some((part) => part instanceof Unknown))
    return new Unresolved(`the ${name} is unknown until deployment`);
  const document = revealed(value);
  try {
    return readPolicy(name, typeof document === "string" ? document : JSON.stringify(document));
  } catch (error) {
    return new Unresolved((error as Error).message.replace(/^The /, "the "));
  }
}

/** Stands for something that access depends on and that the graph does not contain. */
export class Unresolved {
  /** A clause, e.g. "the role arn:aws:iam::123456789012:role/existing is not declared here". */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
