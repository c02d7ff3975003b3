/* global document */
import { timeOfDay } from "./amounts.mjs";
import { fromTemplate, part, textSetter } from "./dom.mjs";
import { KeyedList } from "./keyedList.mjs";

/** @typedef {import("../state/pageSnapshot.ts").PageAlarm} PageAlarm */

const wording = { ALARM: "in alarm", OK: "OK", INSUFFICIENT_DATA: "insufficient data" };

const setTexts = textSetter(document);
const firing = alarmList("#firing");
const others = alarmList("#other-alarms");

/** @param {readonly PageAlarm[]} alarms */
export function showAlarms(alarms) {
  firing.show(alarms.filter(({ state }) => state === "ALARM"));
  others.show(alarms.filter(({ state }) => state !== "ALARM"));
  setTexts({ alarms: alarmSummary(alarms) });
}

/**
 * The number of alarms in each state, e.g. `1 in alarm, 7 OK`.
 *
 * @param {readonly PageAlarm[]} alarms
 */
export function alarmSummary(alarms) {
  if (alarms.length === 0) return "None declared";
  return Object.entries(wording)
    .map(([state, words]) => ({ words, count: alarms.filter((it) => it.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ words, count }) => `${count} ${words}`)
    .join(", ");
}

/**
 * @param {string} selector
 * @returns {KeyedList<PageAlarm>}
 */
function alarmList(selector) {
  return new KeyedList(part(document, selector), {
    key: ({ name }) => name,
    create: () => fromTemplate("alarm"),
    update(item, { name, state, since, condition = "", description = "", note = "" }) {
      item.dataset.state = state;
      const when = since === undefined ? "" : `since ${timeOfDay(since)}`;
      textSetter(item)({ name, state: wording[state], when, condition, description, note });
    },
  });
}
