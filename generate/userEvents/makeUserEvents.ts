import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type UserEvent, UserSession } from "../../records/generate/userSession";
import { Xorshift } from "../../records/generate/xorshift";

const EVENTS = 2_400;
const DAY = Date.UTC(2026, 2, 14);
const DAY_MS = 24 * 60 * 60 * 1000;

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
  const user = new UserSession(random);
  let time = DAY + random.between(0, DAY_MS - 1);
  return Array.from({ length: random.between(2, 16) }, () => {
    time = Math.min(time + random.between(200, 120_000), DAY + DAY_MS - 1);
    return user.event(time);
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Seed of the committed file. */
export const SEED = 20_260_314;
export const FILE = join(__dirname, "../../cli/sample/user-events.jsonl");

// node -r ts-node/register generate/userEvents/makeUserEvents.ts
if (require.main === module) writeFileSync(FILE, makeUserEvents(SEED));
