/** A change that loses data, or that removes what keeps data safe. */
export interface GateFinding {
  readonly urn: string;
  readonly kind: "replacement" | "deletion" | "protection" | "retention";
  /** What the update would do; follows the name of the resource, e.g. `is replaced`. */
  readonly change: string;
  /** Why, if the preview shows it: full sentences. */
  readonly reason?: string;
  /** Full sentences. */
  readonly lost: string;
  /** Full sentences. */
  readonly safeWay: string;
}
