import type { Price, PriceTier } from "./priceFile";
import type { PriceId } from "./priceIds";

/** The prices of one region. */
export class RegionPrices {
  readonly region: string;
  readonly #prices = new Map<PriceId, Price>();

  /** @param prices of any region; a later one replaces an earlier one */
  constructor(region: string, prices: readonly Price[]) {
    this.region = region;
    for (const price of prices) if (price.region === region) this.#prices.set(price.id, price);
  }

  /** Undefined if the price is unknown. */
  find(id: PriceId): Price | undefined {
    return this.#prices.get(id);
  }
}

/** What a quantity costs; with tiers, what its parts in them cost together. */
export function costOf(quantity: number, price: Price["price"]): number {
  if (typeof price === "number") return quantity * price;
  let [cost, from] = [0, 0];
  for (const { upTo = Infinity, price: ofTier } of price) {
    cost += Math.max(0, Math.min(quantity, upTo) - from) * ofTier;
    from = upTo;
  }
  return cost;
}

/** The price of the first unit. */
export function firstPrice(price: number | readonly PriceTier[]): number {
  return typeof price === "number" ? price : (price[0]?.price ?? 0);
}

/** Days after which a price may have changed. */
export const staleAfterDays = 180;

/** The prices whose source is older than half a year. */
export function stalePrices(prices: readonly Price[], now: Date): readonly Price[] {
  const limit = now.getTime() - staleAfterDays * 86_400_000;
  return prices.filter(({ date }) => Date.parse(date) < limit);
}
