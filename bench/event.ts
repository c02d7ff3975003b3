import { createHash } from "node:crypto";

const words = [
  "bread",
  "butter",
  "cheese",
  "coffee",
  "fruit",
  "milk",
  "oil",
  "rice",
  "salt",
  "tea",
];

/** A JSON event of this many bytes, with ids that hardly compress and words that do. */
export function event(number: number, bytes: number): string {
  const id = createHash("sha512").update(String(number)).digest();
  const items = Array.from(id.subarray(0, 10), (byte, index) => ({
    sku: id.readUInt32BE(index + 10),
    name: words[byte % words.length],
    price: byte + index / 100,
  }));
  const content = { eventId: id.toString("hex", 0, 16), type: "order", items, note: "" };
  const remaining = bytes - Buffer.byteLength(JSON.stringify(content));
  content.note = id.toString("base64").repeat(10).slice(0, remaining);
  return JSON.stringify(content);
}
