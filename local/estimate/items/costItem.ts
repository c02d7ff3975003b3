import type { EntryFlow, EstimateOptions } from "../flows";
import type { Usage } from "../lineItem";
import type { PricedStack } from "../stack/pricedStack";

/** What the usage of a month follows from. */
interface CostContext {
  readonly stack: PricedStack;
  readonly flows: readonly EntryFlow[];
  readonly options: EstimateOptions;
}

/** A part of the bill: what of the stack AWS meters. */
export type CostItem = (context: CostContext) => readonly Usage[];
