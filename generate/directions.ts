import { readFileSync } from "node:fs";
import { z } from "zod";

const roomsSchema = z.array(
  z.strictObject({ room: z.string(), holds: z.string(), imports: z.array(z.string()) }),
);

type Room = z.output<typeof roomsSchema>[number];

/** What each room holds and may import; the linter of directions reads the same file. */
function readRooms(): readonly Room[] {
  return roomsSchema.parse(JSON.parse(readFileSync("generate/rooms.json", "utf8")));
}

/** The rows of CONTRIBUTING's table: room, what it holds, what it may import. */
export function directionRows(): readonly (readonly string[])[] {
  return readRooms().map(({ room, holds, imports }) => [
    `\`${room}\``,
    holds,
    imports.length === 0 ? "-" : imports.map((name) => `\`${name}\``).join(", "),
  ]);
}

/** The rooms by floor, so that every arrow points down. */
export function floorPlan(): string {
  const rooms = readRooms();
  const width = Math.max(...rooms.map(({ room }) => room.length));
  const lines = rooms
    .map((room) => ({ ...room, floor: floorOf(room, rooms) }))
    .sort((one, other) => other.floor - one.floor)
    .map(({ room, imports, floor }) => {
      const arrow = imports.length === 0 ? "" : ` -> ${imports.join("  ")}`;
      return `${String(floor)}  ${room.padEnd(width)}${arrow}`.trimEnd();
    });
  return ["```text", ...lines, "```"].join("\n");
}

/** One above the highest room that it imports; the ground floor is 1. */
function floorOf({ imports }: Room, rooms: readonly Room[]): number {
  const below = imports.flatMap((name) =>
    rooms.filter(({ room }) => room === name || isInside(room, name) || isInside(name, room)),
  );
  return 1 + Math.max(0, ...below.map((room) => floorOf(room, rooms)));
}

function isInside(inner: string, outer: string): boolean {
  return !outer.includes("*") && inner.startsWith(`${outer}/`);
}
