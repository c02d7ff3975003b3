import type { LocaleTexts } from "./eventTexts";
import type { Xorshift } from "./xorshift";

/** Who does something, in which language, and by what chance. */
export interface Visit {
  readonly texts: LocaleTexts;
  readonly userId: string;
  readonly random: Xorshift;
}

/** The part of an event that its type decides. */
export type Payload = Readonly<Record<string, unknown>>;

/** Carts and reviews of these lengths make the few large events: some 20 to 60 KiB. */
const LARGE_CART_ITEMS = [150, 350] as const;
const LARGE_REVIEW_BYTES = [20_000, 60_000] as const;

export function pageView({ random, texts }: Visit): Payload {
  const page = random.pick(["/", "/sale", "/cart", "/account", `/${texts.country.toLowerCase()}`]);
  return {
    path: random.chance(60) ? `/products/${sku(random)}` : page,
    ...(random.chance(30) && { referrer: random.pick(REFERRERS) }),
    duration_ms: random.between(300, 90_000),
  };
}

export function search({ random, texts }: Visit): Payload {
  return {
    query: random.pick(texts.queries),
    results: random.between(0, 180),
    ...(random.chance(25) && { filters: { max_price: price(random, texts), in_stock: true } }),
  };
}

export function addToCart(visit: Visit): Payload {
  return { item: item(visit), cart_size: visit.random.between(1, 9) };
}

export function purchase(visit: Visit, large = false): Payload {
  const { random, texts } = visit;
  const count = large ? random.between(...LARGE_CART_ITEMS) : random.between(1, 6);
  const items = Array.from({ length: count }, () => item(visit));
  const total = items.reduce((sum, { quantity, unit_price }) => sum + quantity * unit_price, 0);
  return {
    order_id: `o-${random.between(100_000, 999_999)}`,
    items,
    total,
    currency: texts.currency,
    payment: random.pick(["card", "invoice", "wallet"]),
  };
}

export function review({ random, texts }: Visit, large = false): Payload {
  const sentences = [random.pick(texts.sentences)];
  const bytes = large ? random.between(...LARGE_REVIEW_BYTES) : random.between(60, 1_500);
  for (let size = 0; size < bytes;) {
    const sentence = random.pick(texts.sentences);
    sentences.push(sentence);
    size += Buffer.byteLength(sentence) + 1;
  }
  return {
    sku: sku(random),
    rating: random.between(1, 5),
    title: random.pick(texts.sentences),
    text: sentences.join(random.chance(20) ? "\n" : " "),
  };
}

export function signUp({ random, texts, userId }: Visit): Payload {
  return {
    nickname: `${random.pick(texts.nicknames)}_${random.between(1, 99)}`,
    email: `${userId}@example.com`,
    newsletter: random.chance(40),
  };
}

export function supportMessage({ random, texts }: Visit): Payload {
  const text = [random.pick(texts.sentences), random.pick(texts.sentences)].join("\n\n");
  return { topic: random.pick(["delivery", "return", "payment", "other"]), text };
}

const REFERRERS = [
  "https://search.example.com/",
  "https://news.example.org/wohnen?utm_source=brief",
  "https://blog.example.net/日記/",
] as const;

function item({ random, texts }: Visit): {
  sku: string;
  name: string;
  quantity: number;
  unit_price: number;
} {
  return {
    sku: sku(random),
    name: random.pick(texts.products),
    quantity: random.between(1, 4),
    unit_price: price(random, texts),
  };
}

function sku(random: Xorshift): string {
  return `p-${random.between(1_000, 1_400)}`;
}

/** In the currency's smallest unit, so that sums are exact. */
function price(random: Xorshift, { rate }: LocaleTexts): number {
  return random.between(3, 120) * rate - 1;
}
