import {
  type GraphNote,
  type GraphResource,
  isGroup,
  mapValues,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../graph/resourceGraph";
import { SECRET_PLACEHOLDER } from "../stack/secretConfig";

/** The config values for which a program gets a placeholder, because they cannot be decrypted. */
export class Placeholders {
  readonly #reasons: readonly (readonly [key: string, reason: string])[];

  /** @param reasons config key -> why */
  constructor(reasons: Readonly<Record<string, string>>) {
    this.#reasons = Object.entries(reasons);
  }

  /** One note for each value. */
  notes(): readonly GraphNote[] {
    return this.#reasons.map(([subject, message]) => ({ kind: "assumed", subject, message }));
  }

  /** A resource of the program, in which each string with a placeholder is an unknown secret. */
  hiddenIn(resource: GraphResource): GraphResource {
    if (this.#reasons.length === 0) return resource;
    const { inputs, outputs } = resource;
    return {
      ...resource,
      inputs: withoutPlaceholders(inputs),
      outputs: withoutPlaceholders(outputs),
    };
  }
}

/**
 * Properties in which each string with a placeholder is an unknown secret. A rule must not decide on a
 * placeholder, and a report must not show it as a value.
 */
export function withoutPlaceholders(properties: Properties): Properties {
  return mapValues(properties, (value) => replaced(value, false));
}

function replaced(value: PropertyValue, secret: boolean): PropertyValue {
  if (typeof value === "string" && value.includes(SECRET_PLACEHOLDER))
    return secret ? new Unknown() : new Secret(new Unknown());
  if (value instanceof Secret) return new Secret(replaced(value.reveal(), true));
  if (Array.isArray(value)) return value.map((item: PropertyValue) => replaced(item, secret));
  return isGroup(value) ? mapValues(value, (inner) => replaced(inner, secret)) : value;
}
