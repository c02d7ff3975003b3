import type { AccessRequest } from "./accessRequest";

/** The context of a request; condition keys are told apart without regard to case. */
export class RequestContext {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(context: AccessRequest["context"]) {
    this.#values = new Map(
      Object.entries(context).map(([key, value]) => [
        key.toLowerCase(),
        typeof value === "string" ? [value] : value,
      ]),
    );
  }

  /** Empty if the key is absent. */
  values(key: string): readonly string[] {
    return this.#values.get(key.toLowerCase()) ?? [];
  }
}
