/* global document, EventSource, performance, setInterval, setTimeout */
import { alarmSummary, showAlarms } from "./alarmLists.mjs";
import { counted, timeOfDay } from "./amounts.mjs";
import { part, textSetter } from "./dom.mjs";
import { whereaboutsText } from "./overview.mjs";
import { PipelineView } from "./pipelineView.mjs";

/** @typedef {import("../state/pageSnapshot.ts").PageSnapshot} PageSnapshot */
/** @typedef {"live" | "lost" | "ended"} ConnectionState */

const tickMilliseconds = 250;
const summaryMilliseconds = 10_000;
const minReconnectMilliseconds = 1000;
const maxReconnectMilliseconds = 10_000;

const views = /** @type {Map<string, PipelineView>} */ (new Map());

const setTexts = textSetter(document);

/** The last snapshot, and when it was received, by this tab's own clock. */
let last = /** @type {{ snapshot: PageSnapshot, receivedAt: number } | undefined} */ (undefined);
let isLive = false;

connect();
setInterval(tick, tickMilliseconds);
setInterval(updateSummary, summaryMilliseconds);

/** Receives snapshots of the run, and reconnects when the connection is lost. */
function connect() {
  let delay = minReconnectMilliseconds;
  let hasEnded = false;

  function open() {
    const events = new EventSource("events");
    events.onmessage = ({ data }) => {
      delay = minReconnectMilliseconds;
      hasEnded = false;
      showConnection("live");
      showSnapshot(JSON.parse(data));
    };
    events.addEventListener("end", () => {
      hasEnded = true;
    });
    events.onerror = () => {
      events.close();
      showConnection(hasEnded ? "ended" : "lost");
      setTimeout(open, delay);
      delay = Math.min(2 * delay, maxReconnectMilliseconds);
    };
  }
  open();
}

/** @param {ConnectionState} state `ended` if the run announced its end */
function showConnection(state) {
  isLive = state === "live";
  document.body.dataset.state = state;
  setTexts({
    connection: { live: "Live", lost: "Not connected", ended: "Ended" }[state],
  });
  if (last && !isLive) showStreams(last.snapshot, undefined);
  const notice = part(document, "#notice");
  notice.hidden = isLive;
  if (isLive) return;
  const lastState = last ? ` This page shows its state at ${timeOfDay(last.snapshot.now)}.` : "";
  notice.textContent =
    state === "ended"
      ? `The run has ended.${lastState}`
      : `The run has ended, or its process does not respond.${lastState} Reconnecting ...`;
}

/** @param {PageSnapshot} snapshot */
function showSnapshot(snapshot) {
  const isFirst = last === undefined;
  const { phase } = snapshot;
  document.body.dataset.phase = phase;
  if (phase === "stopping") setTexts({ connection: "Stopping" });
  last = { snapshot, receivedAt: performance.now() };
  document.title = `${snapshot.stack} - streamlake local`;
  setTexts({ stack: snapshot.stack });
  showAlarms(snapshot.alarms);
  showStreams(snapshot, phase === "ended" ? undefined : snapshot.now);
  if (isFirst) updateSummary();
}

/**
 * @param {PageSnapshot} snapshot
 * @param {number | undefined} now undefined if the run does not continue, as far as the page knows
 */
function showStreams({ deliveryStreams }, now) {
  for (const stream of deliveryStreams) viewOf(stream.name).show(stream, now);
}

/** @param {string} name */
function viewOf(name) {
  const view = views.get(name) ?? new PipelineView();
  if (!views.has(name)) part(document, "#pipelines").append(view.element);
  views.set(name, view);
  return view;
}

function tick() {
  if (!last || !isLive || last.snapshot.phase === "ended") return;
  const { snapshot, receivedAt } = last;
  const now = snapshot.now + performance.now() - receivedAt;
  for (const stream of snapshot.deliveryStreams) viewOf(stream.name).tick(stream, now);
}

function updateSummary() {
  if (last) part(document, "#summary").textContent = spokenSummary(last.snapshot);
}

/**
 * What a screen reader announces from time to time: the counters change too often to be announced.
 *
 * @param {PageSnapshot} snapshot
 */
function spokenSummary({ deliveryStreams, alarms }) {
  const streams = deliveryStreams.map((stream) =>
    [
      `${stream.name}: ${stream.status.title}`,
      whereaboutsText(stream.accounting),
      counted(stream.objectCount, "object"),
      ...(stream.deniedCalls.length > 0 ? [counted(stream.deniedCalls.length, "denied call")] : []),
      ...(stream.errorCount > 0 ? [counted(stream.errorCount, "error")] : []),
    ].join(", "),
  );
  return `${streams.join(". ")}. Alarms: ${alarmSummary(alarms)}.`;
}
