import type { Price } from "./prices/priceFile";
import { type PriceId, priceMeters, type Service } from "./prices/priceIds";
import { costOf, type RegionPrices } from "./prices/regionPrices";

/** A line of the bill of a month. */
export interface LineItem {
  readonly id: PriceId;
  readonly service: Service;
  /** What it is for: a stream, a delivery stream, a bucket; "" for the stack as a whole. */
  readonly resource: string;
  readonly label: string;
  readonly unit: string;
  /** In units; null if it is unknown. */
  readonly quantity: number | null;
  /** In USD, of one unit or of its tiers; null if it is unknown. */
  readonly price: Price["price"] | null;
  /** In USD; null if the quantity or the price is unknown. */
  readonly amount: number | null;
  /** How the quantity follows from the stack and its traffic. */
  readonly basis: string;
  readonly source: string | null;
  readonly date: string | null;
  readonly confidence: Price["confidence"] | null;
}

/** What is metered, before its price is known. */
export interface Usage {
  readonly id: PriceId;
  readonly resource: string;
  /** In what the meter counts: bytes are GB already, but requests are single ones. Null if unknown. */
  readonly count: number | null;
  readonly basis: string;
  /** Distinguishes lines of one meter. Default: the label of the meter. */
  readonly label?: string;
}

/** The line of a usage with the prices of a region. */
export function lineItem(
  { id, resource, count, basis, label }: Usage,
  prices: RegionPrices,
): LineItem {
  const { per, ...meter } = priceMeters[id];
  const found = prices.find(id);
  const quantity = count === null ? null : count / per;
  return {
    id,
    service: meter.service,
    resource,
    label: label ?? meter.label,
    unit: meter.unit,
    quantity,
    price: found?.price ?? null,
    amount: amountOf(quantity, found),
    basis,
    source: found?.source ?? null,
    date: found?.date ?? null,
    confidence: found?.confidence ?? null,
  };
}

/** Nothing costs nothing, at whatever price. */
function amountOf(quantity: number | null, price: Price | undefined): number | null {
  if (quantity === 0) return 0;
  return quantity === null || price === undefined ? null : costOf(quantity, price.price);
}

/** A sum of lines. */
export interface Total {
  /** Of the known amounts, in USD. */
  readonly amount: number;
  /** How many lines have an unknown amount: with any, the amount is a lower bound. */
  readonly unknown: number;
}

export function totalOf(items: readonly LineItem[]): Total {
  return {
    amount: items.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    unknown: items.filter(({ amount }) => amount === null).length,
  };
}
