import { specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { unknown } from "../../policy/testing";
import type { TestResource } from "../../policy/testing";

/** Resources with one value replaced. */
export interface Replacement {
  readonly resources: readonly TestResource[];
  /** The path of the value, without list indices: `rules.bucketKeyEnabled`. */
  readonly path: string;
}

/** Replaces every value of every resource, one at a time, including those inside JSON strings. */
export function replaceEach(
  resources: readonly TestResource[],
  replacement: unknown,
): readonly Replacement[] {
  return resources.flatMap((resource, index) =>
    variants(resource.props, replacement, "").map(({ value, path }) => ({
      path,
      resources: resources.map((other, at) =>
        at === index ? { ...resource, props: value as TestResource["props"] } : other,
      ),
    })),
  );
}

interface Variant {
  readonly value: unknown;
  readonly path: string;
}

/** Replaces every value inside another, one at a time. */
export function variants(holder: unknown, replacement: unknown, path: string): readonly Variant[] {
  if (typeof holder === "string") return insideJson(holder, replacement, path);
  if (typeof holder !== "object" || holder === null) return [];
  return Object.entries(holder as Record<string, unknown>)
    .filter(([key, value]) => key !== specialSigKey && value !== undefined)
    .flatMap(([key, value]) => {
      const isNamed = !Array.isArray(holder) && !(specialSigKey in holder);
      const here = isNamed ? [path, key].filter((part) => part !== "").join(".") : path;
      const replaced = [{ value: replacement, path: here }, ...variants(value, replacement, here)];
      return replaced.map((variant) => ({
        ...variant,
        value: Array.isArray(holder)
          ? holder.map((item: unknown, at) => (String(at) === key ? variant.value : item))
          : { ...holder, [key]: variant.value },
      }));
    });
}

/** The values in a JSON string, none of which can be unknown. */
function insideJson(json: string, replacement: unknown, path: string): readonly Variant[] {
  if (!json.startsWith("{") || replacement === unknown) return [];
  try {
    const document: unknown = JSON.parse(json);
    return variants(document, replacement, path).map((variant) => ({
      ...variant,
      value: JSON.stringify(variant.value),
    }));
  } catch {
    return [];
  }
}
