import type { PolicyResource } from "@pulumi/policy";
import { readValue, UNKNOWN } from "../../reading/value";
import { functionAliasType, functionType } from "../../resourceTypes";
import { functions } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { destinationsOf } from "./destinations";
import { hasUnknownProcessors, isProcessing, parameterOf, processorsOf } from "./processors";

/** The functions of the stack that may transform the records of a delivery stream. */
export interface TransformingFunctions {
  readonly found: readonly PolicyResource[];
  /** Whether each of them certainly does. */
  readonly areCertain: boolean;
}

export function transformingFunctions(
  { props, propertyDependencies }: PolicyResource,
  stack: Stack,
): TransformingFunctions {
  const invoked = destinationsOf(props)
    .filter(({ path }) => isProcessing(props, path) !== false)
    .flatMap(({ path }) => {
      const origins = propertyDependencies[path] ?? [];
      const any = { arn: UNKNOWN, origins, isCertain: false };
      const declared = processorsOf(props, path)
        .filter(({ type }) => type === "Lambda" || type === UNKNOWN)
        .map((processor) => ({
          arn: parameterOf(processor, "LambdaArn"),
          origins,
          isCertain: isProcessing(props, path) === true && processor.type !== UNKNOWN,
        }));
      return hasUnknownProcessors(props, path) ? [...declared, any] : declared;
    });
  const found = invoked.map(({ arn, origins, isCertain }) => {
    const declared =
      arn === UNKNOWN
        ? origins.flatMap((origin) => functionsBehind(origin, stack))
        : typeof arn === "string"
          ? functionsNamed(arn, stack)
          : [];
    return { declared: [...new Set(declared)], isCertain };
  });
  return {
    found: [...new Set(found.flatMap(({ declared }) => declared))],
    areCertain: found.every(({ declared, isCertain }) => isCertain && declared.length <= 1),
  };
}

/** A function itself, or that of an alias. */
function functionsBehind(resource: PolicyResource, stack: Stack): readonly PolicyResource[] {
  if (resource.type === functionType) return [resource];
  if (resource.type !== functionAliasType) return [];
  return stack
    .links(resource, "functionName", functions)
    .flatMap((link) => (link.kind === "declared" ? [link.resource] : []));
}

/** By the ARN of the function, of a version or of an alias. */
function functionsNamed(arn: string, stack: Stack): readonly PolicyResource[] {
  const [name] = arn.split(":").slice(6);
  return stack
    .ofTypes([functionType])
    .filter(
      ({ props }) =>
        readValue(props, "arn") === arn.split(":").slice(0, 7).join(":") ||
        (name !== undefined && readValue(props, "name") === name),
    );
}
