import type { InputLine } from "../input/readRecords";
import { type UserEvent, UserSession } from "./userSession";
import { Xorshift } from "./xorshift";

export interface GenerateOptions {
  /** How many events. */
  readonly count: number;
  /** A whole number: the same events for the same seed, count, size and clock. */
  readonly seed: number;
  /** Size of each event in bytes, at least {@link minimumBytes}. Default: as an application's, 150 bytes to 60 KiB. */
  readonly bytes?: number;
  /** When an event occurs, in milliseconds since 1970. Default: {@link fixedClock}. */
  readonly clock?: () => number;
}

/** An event of any type without its payload fits into it. */
export const minimumBytes = 256;

/** Users who are in the shop at the same time. */
const concurrentSessions = 40;

/** How many events are made before others can run. */
const eventsAtOnce = 500;

/** Invented events of users in a shop, as lines of an input. Each session's events are in order. */
export async function* generateEvents(options: GenerateOptions): AsyncGenerator<InputLine> {
  const { count, seed, bytes, clock = fixedClock() } = options;
  // Xorshift has no state 0.
  const random = new Xorshift(mixed(seed) || 1);
  const sessions: { user: UserSession; left: number }[] = [];
  for (let line = 1; line <= count; line += 1) {
    if (line % eventsAtOnce === 0) await Promise.resolve();
    const index = random.between(0, concurrentSessions - 1);
    let session = sessions[index];
    if (session === undefined || session.left === 0)
      session = sessions[index] = {
        user: new UserSession(random),
        left: random.between(2, 16),
      };
    session.left -= 1;
    const at = clock();
    const event = session.user.event(at);
    const data =
      bytes === undefined
        ? Buffer.from(JSON.stringify(event))
        : sized(event, session.user, at, bytes);
    yield { line, readTo: line, data };
  }
}

/** Similar seeds must not begin alike. */
function mixed(seed: number): number {
  return Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
}

/** A time that begins on the day of the sample and moves on by 10 ms with each event. */
export function fixedClock(): () => number {
  let at = Date.UTC(2026, 2, 14);
  return () => (at += 10);
}

/** The event in exactly this many bytes: with a note that fills it, or without what is too much. */
function sized(event: UserEvent, user: UserSession, at: number, bytes: number): Buffer {
  const text = JSON.stringify(event);
  const room = bytes - Buffer.byteLength(text) - emptyNote.length;
  if (room >= 0) return withNote(text, room);
  if (Buffer.byteLength(text) === bytes) return Buffer.from(text);
  const small = JSON.stringify(user.heartbeat(at));
  return withNote(small, Math.max(0, bytes - Buffer.byteLength(small) - emptyNote.length));
}

const emptyNote = ',"note":""';

function withNote(text: string, room: number): Buffer {
  const note = words.repeat(Math.ceil(room / words.length)).slice(0, room);
  return Buffer.from(`${text.slice(0, -1)}${emptyNote.slice(0, -1)}${note}"}`);
}

const words = "left at the door, call before delivery, gift wrap, second floor, ring twice; ";
