import type { SeededRandom } from "./seededRandom";

/**
 * Synthetic JSON events of equal size that compress about as well as an application's events. If the
 * size is too small for an event, the event is truncated.
 *
 * @param bytes size of each event
 */
export function syntheticEvents(random: SeededRandom, bytes: number, count: number): Buffer[] {
  return Array.from({ length: count }, () => event(random, bytes));
}

function event(random: SeededRandom, bytes: number): Buffer {
  const user = `u-${String(random.below(100_000)).padStart(5, "0")}`;
  const at = new Date(firstEvent + random.below(dayMilliseconds)).toISOString();
  const type = types[random.below(types.length)];
  const head = { event_id: hexadecimal(random, 32), type, user_id: user, occurred_at: at };
  const [lastField, end] = ['"note":"', '"}}'];
  let text = `${JSON.stringify(head).slice(0, -1)},"payload":{`;
  const room = (): number => bytes - text.length - lastField.length - end.length;
  for (let next = field(random); next.length <= room(); next = field(random)) text += next;
  if (room() < 0) return Buffer.from(text.slice(0, bytes), "latin1");
  return Buffer.from(text + lastField + words(random, room()).slice(0, room()) + end, "latin1");
}

function field(random: SeededRandom): string {
  const name = fieldNames[random.below(fieldNames.length)] ?? "";
  const kind = random.below(3);
  if (kind === 0) return `"${name}":${random.below(1_000_000)},`;
  if (kind === 1) return `"${name}":"${hexadecimal(random, 12)}",`;
  return `"${name}":"${words(random, random.below(40))}",`;
}

/** Words with a total of at least `length` characters. */
function words(random: SeededRandom, length: number): string {
  let text = "";
  do text += `${vocabulary[random.below(vocabulary.length)] ?? ""} `;
  while (text.length < length);
  return text;
}

function hexadecimal(random: SeededRandom, digits: number): string {
  return Array.from({ length: digits }, () => random.below(16).toString(16)).join("");
}

const firstEvent = Date.UTC(2026, 0, 1);
const dayMilliseconds = 24 * 60 * 60 * 1000;

const types = ["page_view", "search", "add_to_cart", "purchase", "heartbeat", "sign_up"];

const fieldNames = [
  ...["path", "duration_ms", "locale", "country", "device", "app_version", "query", "results"],
  ...["sku", "name", "quantity", "unit_price", "currency", "comment", "order_id", "referrer"],
];

const vocabulary = (
  "blue green small large cotton wool steel light lamp table chair mug map tent boot jacket " +
  "shirt summer winter evening morning quick quiet bright heavy round narrow garden river city"
).split(" ");
