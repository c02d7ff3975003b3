import { counted, duration, grouped, timeOfDay } from "./amounts.mjs";
import { part, textSetter } from "./dom.mjs";

/** @typedef {import("../state/accounting.ts").Accounting} Accounting */
/** @typedef {import("../state/pageSnapshot.ts").DeliveryStreamSnapshot} DeliveryStreamSnapshot */

/** Where an accepted record can be, in the order of its way. */
const places = /** @type {const} */ ({
  unread: "unread in the stream",
  processing: "being processed",
  buffered: "in the buffer",
  sealed: "waiting for the bucket",
  delivered: "delivered",
  dropped: "dropped by a processor",
});

/** These are shown only if there are any. */
const rare = new Set(["processing", "dropped"]);

/** What a delivery stream does at the moment, and where the records are that its stream accepted. */
export class Overview {
  #element;
  #setTexts;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
    this.#setTexts = textSetter(element);
  }

  /** @param {DeliveryStreamSnapshot} stream */
  show({ status, accounting }) {
    this.#setTexts({
      status: status.title,
      "status-detail": status.detail ?? "",
      "place-accepted": grouped(accounting.accepted),
    });
    for (const { place, count } of counts(accounting)) {
      this.#setTexts({ [`place-${place}`]: grouped(count) });
      part(this.#element, `[data-place="${place}"]`).hidden = count === 0 && rare.has(place);
      part(this.#element, `[data-share="${place}"]`).style.flexGrow = String(count);
    }
    part(this.#element, ".shares").ariaLabel = whereaboutsText(accounting);
  }

  /**
   * Updates what changes with time alone.
   *
   * @param {DeliveryStreamSnapshot} stream
   * @param {number | undefined} now by the clock of the run; undefined if it is not running
   */
  tick({ status: { since, retryAt } }, now) {
    const parts = [];
    if (since !== undefined) {
      const age = now === undefined ? "" : ` (${duration(Math.max(0, now - since), "whole")})`;
      parts.push(`since ${timeOfDay(since)}${age}`);
    }
    if (retryAt !== undefined && now !== undefined) parts.push(nextAttempt(retryAt, now));
    this.#setTexts({ "status-when": parts.join(", ") });
  }
}

/**
 * @param {number} retryAt
 * @param {number} now
 */
export function nextAttempt(retryAt, now) {
  const seconds = Math.ceil((retryAt - now) / 1000);
  return seconds > 0 ? `next attempt in ${seconds} s` : "next attempt now";
}

/**
 * Where all accepted records are, as a sentence.
 *
 * @param {Accounting} accounting
 */
export function whereaboutsText(accounting) {
  const parts = counts(accounting)
    .filter(({ count }) => count > 0)
    .map(({ count, words }) => `${grouped(count)} ${words}`);
  const accepted = `${counted(accounting.accepted, "record")} accepted`;
  return parts.length === 0 ? accepted : `${accepted}: ${parts.join(", ")}`;
}

/** @param {Accounting} accounting */
function counts(accounting) {
  const names = /** @type {(keyof typeof places)[]} */ (Object.keys(places));
  return names.map((place) => ({ place, words: places[place], count: accounting[place] }));
}
