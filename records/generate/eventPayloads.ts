import type { Locale } from "./locales";
import type { Xorshift } from "./xorshift";

/** One user in the shop, with the source of random numbers for what the user does. */
export interface Visit {
  readonly locale: Locale;
  readonly userId: string;
  readonly random: Xorshift;
}

/** The part of an event that depends on its type. */
export type Payload = Readonly<Record<string, unknown>>;

/** Sizes of the carts and reviews in the few large events, which are about 20 to 60 KiB. */
const LARGE_CART_ITEMS = [150, 350] as const;
const LARGE_REVIEW_BYTES = [20_000, 60_000] as const;

export function pageView({ random, locale }: Visit): Payload {
  const page = random.pick(["/", "/sale", "/cart", "/account", `/${locale.country.toLowerCase()}`]);
  return {
    path: random.chance(60) ? `/products/${sku(random)}` : page,
    ...(random.chance(30) && { referrer: random.pick(REFERRERS) }),
    duration_ms: random.between(300, 90_000),
  };
}

export function search({ random, locale }: Visit): Payload {
  return {
    query: random.pick(locale.queries),
    results: random.between(0, 180),
    ...(random.chance(25) && { filters: { max_price: price(random, locale), in_stock: true } }),
  };
}

export function addToCart(visit: Visit): Payload {
  return { item: item(visit), cart_size: visit.random.between(1, 9) };
}

export function purchase(visit: Visit, large = false): Payload {
  const { random, locale } = visit;
  const count = large ? random.between(...LARGE_CART_ITEMS) : random.between(1, 6);
  const items = Array.from({ length: count }, () => item(visit));
  const total = items.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0);
  return {
    order_id: `o-${random.between(100_000, 999_999)}`,
    items,
    total,
    currency: locale.currency,
    payment: random.pick(["card", "invoice", "wallet"]),
  };
}

export function review({ random, locale }: Visit, large = false): Payload {
  const sentences = [random.pick(locale.sentences)];
  const bytes = large ? random.between(...LARGE_REVIEW_BYTES) : random.between(60, 1_500);
  for (let size = 0; size < bytes;) {
    const sentence = random.pick(locale.sentences);
    sentences.push(sentence);
    size += Buffer.byteLength(sentence) + 1;
  }
  return {
    sku: sku(random),
    rating: random.between(1, 5),
    title: random.pick(locale.sentences),
    text: sentences.join(random.chance(20) ? "\n" : " "),
  };
}

export function signUp({ random, locale, userId }: Visit): Payload {
  return {
    nickname: `${random.pick(locale.nicknames)}_${random.between(1, 99)}`,
    email: `${userId}@example.com`,
    newsletter: random.chance(40),
  };
}

export function supportMessage({ random, locale }: Visit): Payload {
  const text = [random.pick(locale.sentences), random.pick(locale.sentences)].join("\n\n");
  return { topic: random.pick(["delivery", "return", "payment", "other"]), text };
}

const REFERRERS = [
  "https://search.example.com/",
  "https://news.example.org/wohnen?utm_source=brief",
  "https://blog.example.net/日記/",
] as const;

function item({ random, locale }: Visit): {
  sku: string;
  name: string;
  quantity: number;
  unit_price: number;
} {
  return {
    sku: sku(random),
    name: random.pick(locale.products),
    quantity: random.between(1, 4),
    unit_price: price(random, locale),
  };
}

function sku(random: Xorshift): string {
  return `p-${random.between(1_000, 1_400)}`;
}

/** In the currency's smallest unit, so that sums are exact. */
function price(random: Xorshift, { rate }: Locale): number {
  return random.between(3, 120) * rate - 1;
}
