import { counted, timeOfDay } from "./amounts.mjs";
import { fromTemplate, textSetter } from "./dom.mjs";
import { KeyedList } from "./keyedList.mjs";

/** @typedef {import("../state/failures.ts").ErrorLine} ErrorLine */
/** @typedef {import("../state/failures.ts").FailingCall} FailingCall */

/**
 * Calls that failed, each with the number of failures and the time of the next attempt.
 *
 * @param {HTMLElement} element
 */
export function failingCallList(element) {
  /** @type {KeyedList<FailingCall & { readonly now: number }>} */
  const list = new KeyedList(element, {
    key: ({ id }) => String(id),
    create: () => fromTemplate("problem"),
    update(item, { operation, code, message, failures, at, retryAt, now }) {
      const next =
        retryAt > now
          ? `next attempt in ${Math.ceil((retryAt - now) / 1000)} s`
          : `last at ${timeOfDay(at)}`;
      const when = `${counted(failures, "time")}, ${next}`;
      textSetter(item)({ title: `${operation}: ${code}`, when, message });
    },
  });
  return {
    /**
     * @param {readonly FailingCall[]} calls
     * @param {number} now by the clock of the run
     */
    show(calls, now) {
      list.show(calls.map((call) => ({ ...call, now })));
    },
  };
}

/**
 * Lines of the error log.
 *
 * @param {HTMLElement} element
 * @returns {KeyedList<ErrorLine>}
 */
export function errorLineList(element) {
  return new KeyedList(element, {
    key: ({ id }) => String(id),
    create({ code = "", at, message }) {
      const item = fromTemplate("problem");
      textSetter(item)({ title: code, when: timeOfDay(at), message });
      return item;
    },
  });
}
