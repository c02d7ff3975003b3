import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  addToCart,
  pageView,
  purchase,
  review,
  search,
  signUp,
  supportMessage,
  type Payload,
  type Visit,
} from "./eventPayloads";
import { locales } from "./locales";
import { Xorshift } from "./xorshift";

const EVENTS = 2_400;
const USERS = 400;
const DAY = Date.UTC(2026, 2, 14);
const DAY_MS = 24 * 60 * 60 * 1000;

interface UserEvent extends Payload {
  readonly event_id: string;
  readonly occurred_at: string;
}

/**
 * Invented events of one day in a shop, as JSON lines ordered by time. The same seed produces the
 * same string.
 */
export function makeUserEvents(seed: number): string {
  const random = new Xorshift(seed);
  const events: UserEvent[] = [];
  while (events.length < EVENTS) events.push(...session(random));
  const sorted = events
    .slice(0, EVENTS)
    .sort((a, b) => compare(a.occurred_at, b.occurred_at) || compare(a.event_id, b.event_id));
  return sorted.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** The events of one session of a user. */
function session(random: Xorshift): readonly UserEvent[] {
  const user = random.between(1, USERS);
  const locale = locales[user % locales.length] ?? locales[0];
  const userId = `u-${String(user).padStart(5, "0")}`;
  const visit = { locale, userId, random };
  const sessionId = `s-${random.between(100_000, 999_999)}`;
  const context = {
    locale: locale.code,
    country: locale.country,
    device: random.pick(["ios", "android", "web", "web", "tablet"]),
    app_version: `${random.between(3, 4)}.${random.between(0, 12)}.${random.between(0, 9)}`,
  };
  let time = DAY + random.between(0, DAY_MS - 1);
  return Array.from({ length: random.between(2, 16) }, () => {
    time = Math.min(time + random.between(200, 120_000), DAY + DAY_MS - 1);
    const [type, payload] = action(visit);
    return {
      event_id: random.uuid(),
      type,
      user_id: userId,
      session_id: sessionId,
      occurred_at: new Date(time).toISOString(),
      // Heartbeats contain nothing else.
      ...(payload && { context, ...payload }),
    };
  });
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Seed of the committed file. */
export const SEED = 20_260_314;
export const FILE = join(__dirname, "../../cli/sample/user-events.jsonl");

// node -r ts-node/register generate/userEvents/makeUserEvents.ts
if (require.main === module) writeFileSync(FILE, makeUserEvents(SEED));
