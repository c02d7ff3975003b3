import {
  addToCart,
  pageView,
  type Payload,
  purchase,
  review,
  search,
  signUp,
  supportMessage,
  type Visit,
} from "./eventPayloads";
import { locales } from "./locales";
import type { Xorshift } from "./xorshift";

const users = 400;

/** An event of a user in a shop. */
export interface UserEvent extends Payload {
  readonly event_id: string;
  readonly type: string;
  readonly occurred_at: string;
}

/** What a user does in a shop, one event after the other. */
export class UserSession {
  readonly #visit: Visit;
  readonly #id: string;
  readonly #context: Payload;

  constructor(random: Xorshift) {
    const user = random.between(1, users);
    const locale = locales[user % locales.length] ?? locales[0];
    const userId = `u-${String(user).padStart(5, "0")}`;
    this.#visit = { locale, userId, random };
    this.#id = `s-${random.between(100_000, 999_999)}`;
    this.#context = {
      locale: locale.code,
      country: locale.country,
      device: random.pick(["ios", "android", "web", "web", "tablet"]),
      app_version: `${random.between(3, 4)}.${random.between(0, 12)}.${random.between(0, 9)}`,
    };
  }

  /** @param at in milliseconds since 1970 */
  event(at: number): UserEvent {
    const [type, payload] = action(this.#visit);
    return this.#eventOf(type, at, payload);
  }

  /** The smallest event. */
  heartbeat(at: number): UserEvent {
    return this.#eventOf("heartbeat", at);
  }

  #eventOf(type: string, at: number, payload?: Payload): UserEvent {
    return {
      event_id: this.#visit.random.uuid(),
      type,
      user_id: this.#visit.userId,
      session_id: this.#id,
      occurred_at: new Date(at).toISOString(),
      // Heartbeats contain nothing else.
      ...(payload && { context: this.#context, ...payload }),
    };
  }
}

function action(visit: Visit): readonly [type: string, payload?: Payload] {
  const permille = visit.random.between(1, 1000);
  if (permille <= 120) return ["heartbeat"];
  if (permille <= 480) return ["page_view", pageView(visit)];
  if (permille <= 640) return ["search", search(visit)];
  if (permille <= 780) return ["add_to_cart", addToCart(visit)];
  if (permille <= 870) return ["purchase", purchase(visit)];
  if (permille <= 875) return ["purchase", purchase(visit, true)];
  if (permille <= 955) return ["review", review(visit)];
  if (permille <= 960) return ["review", review(visit, true)];
  if (permille <= 980) return ["sign_up", signUp(visit)];
  return ["support_message", supportMessage(visit)];
}
