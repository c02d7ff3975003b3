import type { Column } from "../../glue/columnType";
import type { JsonObject, JsonValue } from "./jsonDocuments";

/** How the keys of JSON objects are compared with the names of columns and fields. */
export interface KeyRules {
  /** The key that belongs to a column or field. */
  readonly keyOf: (name: string) => string;
  /** Keys that become equal belong together; an exact one has precedence. */
  readonly normalize: (key: string) => string;
}

interface Place {
  readonly index: number;
  readonly isExact: boolean;
}

/** Producers use few keys, but one that puts values into keys must not fill the memory. */
const rememberedKeys = 1000;

/** Finds the values of columns or fields in JSON objects. */
export class FieldKeys {
  readonly #keys: readonly string[];
  readonly #normalize: KeyRules["normalize"];
  readonly #places = new Map<string, readonly Place[]>();

  constructor(fields: readonly Column[], { keyOf, normalize }: KeyRules) {
    this.#keys = fields.map(({ name }) => keyOf(name));
    this.#normalize = normalize;
  }

  /** By field, in their order; null for a field without a key. */
  valuesIn(object: JsonObject): readonly JsonValue[] {
    const values: (JsonValue | undefined)[] = this.#keys.map(() => undefined);
    object.keys.forEach((key, position) => {
      for (const { index, isExact } of this.#placesOf(key))
        if (isExact || values[index] === undefined) values[index] = object.values[position] ?? null;
    });
    return values.map((value) => value ?? null);
  }

  #placesOf(key: string): readonly Place[] {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const normalized = this.#normalize(key);
    const places = this.#keys.flatMap((ofField, index): readonly Place[] => {
      const isExact = ofField === key;
      return isExact || this.#normalize(ofField) === normalized ? [{ index, isExact }] : [];
    });
    if (this.#places.size < rememberedKeys) this.#places.set(key, places);
    return places;
  }
}
