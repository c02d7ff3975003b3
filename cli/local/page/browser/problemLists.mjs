import { counted, timeOfDay } from "./amounts.mjs";
import { fromTemplate, textSetter } from "./dom.mjs";
import { KeyedList } from "./keyedList.mjs";
import { nextAttempt } from "./overview.mjs";

/** @typedef {import("../state/failures.ts").ErrorLine} ErrorLine */
/** @typedef {import("../state/failures.ts").FailingCall} FailingCall */

/**
 * Calls that failed, each with the number of failures and whether and when it is repeated.
 *
 * @param {HTMLElement} element
 */
export function failingCallList(element) {
  /** @type {KeyedList<FailingCall & { readonly now: number | undefined }>} */
  const list = new KeyedList(element, {
    key: ({ id }) => String(id),
    create: () => fromTemplate("problem"),
    update(item, { operation, backup, code, message, failures, at, retryAt, since, now }) {
      const call = backup ? `${operation} of the backup` : operation;
      const next =
        since === undefined
          ? ", succeeded since"
          : now === undefined
            ? ""
            : `, ${nextAttempt(retryAt, now)}`;
      const when = `${counted(failures, "time")}, last at ${timeOfDay(at)}${next}`;
      item.classList.toggle("over", since === undefined);
      textSetter(item)({ title: `${call}: ${code}`, when, message });
    },
  });
  return {
    /**
     * @param {readonly FailingCall[]} calls
     * @param {number | undefined} now by the clock of the run; undefined if it is not running
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
