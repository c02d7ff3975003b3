/* global document, performance, setInterval */
import { showAlarms } from "./alarmLists.mjs";
import { timeOfDay } from "./amounts.mjs";
import { connect } from "./connection.mjs";
import { part, textsOf } from "./dom.mjs";
import { PipelineView } from "./pipelineView.mjs";
import { spokenSummary } from "./summary.mjs";

/** @typedef {import("../state/pageSnapshot.ts").PageSnapshot} PageSnapshot */
/** @typedef {import("./connection.mjs").ConnectionState} ConnectionState */

const tickMilliseconds = 250;
const summaryMilliseconds = 10_000;

const views = /** @type {Map<string, PipelineView>} */ (new Map());

const setTexts = textsOf(document);

/** What was sent last, and when it came, by this tab's own clock. */
let last = /** @type {{ snapshot: PageSnapshot, cameAt: number } | undefined} */ (undefined);
let isLive = false;

/** @param {PageSnapshot} snapshot */
function onSnapshot(snapshot) {
  const isFirst = last === undefined;
  last = { snapshot, cameAt: performance.now() };
  document.title = `${snapshot.stack} - streamlake local`;
  setTexts({ stack: snapshot.stack });
  showAlarms(snapshot.alarms);
  for (const stream of snapshot.deliveryStreams) viewOf(stream.name).show(stream, snapshot.now);
  if (isFirst) sayWhatHappened();
}

/** @param {string} name */
function viewOf(name) {
  const view = views.get(name) ?? new PipelineView();
  if (!views.has(name)) part(document, "#pipelines").append(view.element);
  views.set(name, view);
  return view;
}

/** @param {ConnectionState} state */
function onState(state) {
  isLive = state === "live";
  document.body.dataset.state = state;
  setTexts({
    connection: { live: "Live", lost: "Not connected", ended: "Ended" }[state],
  });
  const notice = part(document, "#notice");
  notice.hidden = isLive;
  if (isLive) return;
  const stood = last ? ` This is how it stood at ${timeOfDay(last.snapshot.now)}.` : "";
  notice.textContent =
    state === "ended"
      ? `The run has ended.${stood}`
      : `The run has ended, or its process does not answer.${stood} Trying to connect again ...`;
}

function tick() {
  if (!last || !isLive) return;
  const { snapshot, cameAt } = last;
  const now = snapshot.now + performance.now() - cameAt;
  for (const stream of snapshot.deliveryStreams) viewOf(stream.name).tick(stream, now);
}

function sayWhatHappened() {
  if (last) part(document, "#summary").textContent = spokenSummary(last.snapshot);
}

connect(onSnapshot, onState);
setInterval(tick, tickMilliseconds);
setInterval(sayWhatHappened, summaryMilliseconds);
