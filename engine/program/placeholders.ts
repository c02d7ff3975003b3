import {
  isGroup,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../graph/resourceGraph";
import { SECRET_PLACEHOLDER } from "../stack/secretConfig";

/**
 * Properties of a program that got placeholders for secrets: each string with a placeholder is an unknown
 * secret. A rule must not decide on a placeholder, and a report must not show it as a value.
 */
export function withoutPlaceholders(properties: Properties): Properties {
  return mapped(properties, (value) => replaced(value, false));
}

function replaced(value: PropertyValue, secret: boolean): PropertyValue {
  if (typeof value === "string" && value.includes(SECRET_PLACEHOLDER))
    return secret ? new Unknown() : new Secret(new Unknown());
  if (value instanceof Secret) return new Secret(replaced(value.reveal(), true));
  if (Array.isArray(value)) return value.map((item: PropertyValue) => replaced(item, secret));
  return isGroup(value) ? mapped(value, (inner) => replaced(inner, secret)) : value;
}

function mapped(group: Properties, change: (value: PropertyValue) => PropertyValue): Properties {
  return Object.fromEntries(Object.entries(group).map(([key, value]) => [key, change(value)]));
}
