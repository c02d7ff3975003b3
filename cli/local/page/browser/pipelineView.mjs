import { byteSize, counted, duration, grouped, rate, timeOfDay } from "./amounts.mjs";
import { fromTemplate, part, textSetter } from "./dom.mjs";
import { KeyedList } from "./keyedList.mjs";
import { openObject } from "./objectPanel.mjs";
import { errorLineList, failingCallList } from "./problemLists.mjs";

/** @typedef {import("../state/pageSnapshot.ts").DeliveryStreamSnapshot} DeliveryStreamSnapshot */
/** @typedef {import("../state/pageState.ts").DeliveredObject} DeliveredObject */

const historyWidth = 60;
const historyHeight = 20;

/** One delivery stream, from its producers to its bucket. */
export class PipelineView {
  element = fromTemplate("pipeline");
  #setTexts = textSetter(this.element);
  #objects = objectList(this.#list("objects"));
  #denied = failingCallList(this.#list("denied"));
  #failing = failingCallList(this.#list("failing"));
  #errors = errorLineList(this.#list("errors"));

  /**
   * @param {DeliveryStreamSnapshot} stream
   * @param {number} now by the clock of the run
   */
  show(stream, now) {
    this.#setTexts({ ...nameTexts(stream), ...amountTexts(stream), ...countTexts(stream) });
    for (const flow of /** @type {const} */ (["put", "read", "delivered"])) {
      drawHistory(part(this.element, `[data-history="${flow}"]`), stream[flow].history);
      const isMoving = stream[flow].perSecond > 0;
      part(this.element, `[data-flow="${flow}"]`).classList.toggle("moving", isMoving);
    }
    this.#objects.show(stream.objects);
    this.#denied.show(stream.deniedCalls, now);
    this.#failing.show(stream.failingCalls, now);
    this.#errors.show(stream.errors);
    part(this.element, ".empty").hidden = stream.objectCount > 0;
    this.tick(stream, now);
  }

  /**
   * Updates what changes with time alone.
   *
   * @param {DeliveryStreamSnapshot} stream
   * @param {number} now by the clock of the run
   */
  tick({ buffer, bufferBytes, bufferSeconds }, now) {
    const sizeText = `${byteSize(buffer.bytes)} of ${byteSize(bufferBytes)}`;
    this.#setBar("size", buffer.bytes / bufferBytes, sizeText);
    if (bufferSeconds === 0) {
      this.#setBar("time", 0, "delivered at once");
    } else {
      const left = buffer.due === undefined ? bufferSeconds : (buffer.due - now) / 1000;
      const passed = Math.min(Math.max(bufferSeconds - left, 0), bufferSeconds);
      this.#setBar("time", passed / bufferSeconds, `${Math.floor(passed)} of ${bufferSeconds} s`);
    }
  }

  /**
   * @param {"size" | "time"} name
   * @param {number} ratio from 0 to 1
   * @param {string} text
   */
  #setBar(name, ratio, text) {
    this.#setTexts({ [name]: text });
    const percent = Math.min(100, Math.round(1000 * ratio) / 10);
    const bar = part(this.element, `[data-bar="${name}"]`);
    bar.ariaValueNow = String(percent);
    bar.ariaValueText = text;
    part(bar, "div").style.inlineSize = `${percent}%`;
  }

  /** @param {string} name */
  #list(name) {
    return part(this.element, `[data-list="${name}"]`);
  }
}

/** @param {DeliveryStreamSnapshot} stream */
function nameTexts({ name, stream, bucket }) {
  return { name, "put-to": stream.name, stream: `${stream.name}, ${stream.region}`, bucket };
}

/** @param {DeliveryStreamSnapshot} stream */
function amountTexts(stream) {
  const { put, read, delivered, buffer, millisBehindLatest: behind, objectCount } = stream;
  const { throttledRecords, failedRecords, errorRecords, storedBytes, deniedCalls } = stream;
  const packed = delivered.bytes > 0 ? Math.round((100 * storedBytes) / delivered.bytes) : 100;
  return {
    put: grouped(put.records),
    "put-rate": rate(put.perSecond),
    "put-bytes": `${byteSize(put.bytes)} accepted`,
    rejected: joined([some(throttledRecords, "throttled"), some(failedRecords, "failed")]),
    read: grouped(read.records),
    "read-rate": rate(read.perSecond),
    behind: behind === 0 ? "Firehose has caught up" : `Firehose is ${duration(behind)} behind`,
    buffered: grouped(buffer.records),
    objects: grouped(objectCount),
    "objects-unit": objectCount === 1 ? "object" : "objects",
    delivered: counted(delivered.records, "record"),
    packed:
      objectCount > 0
        ? `${byteSize(delivered.bytes)} as ${byteSize(storedBytes)} (${packed} %)`
        : "",
    denied: deniedCalls.length > 0 ? counted(deniedCalls.length, "denied call") : "",
    "error-records": some(errorRecords, "in error objects"),
  };
}

/** @param {DeliveryStreamSnapshot} stream */
function countTexts({ objects, objectCount, deniedCalls, failingCalls, errorCount }) {
  const isAll = objects.length === objectCount;
  return {
    "objects-shown": isAll
      ? some(objectCount, "")
      : `newest ${objects.length} of ${grouped(objectCount)}`,
    "denied-count": some(deniedCalls.length, "") || "none",
    "failing-count": some(failingCalls.length, "") || "none",
    "errors-count": some(errorCount, "") || "none",
  };
}

/**
 * @param {number} count
 * @param {string} what
 */
function some(count, what) {
  return count === 0 ? "" : `${grouped(count)} ${what}`.trim();
}

/** @param {readonly string[]} parts */
function joined(parts) {
  return parts.filter(Boolean).join(", ");
}

/**
 * Draws the records of each of the last 60 seconds as bars; the highest fills the height.
 *
 * @param {HTMLElement} svg
 * @param {readonly number[]} history
 */
function drawHistory(svg, history) {
  const most = Math.max(1, ...history);
  const bars = history.flatMap((records, second) => {
    const bar = Math.max((historyHeight * records) / most, 1);
    return records === 0 ? [] : [`M${second + 0.15} ${historyHeight}v${-bar}h.7v${bar}z`];
  });
  const path = svg.firstElementChild ?? svg.appendChild(newPath(svg));
  path.setAttribute("d", bars.join(""));
}

/** @param {HTMLElement} svg */
function newPath(svg) {
  svg.setAttribute("viewBox", `0 0 ${historyWidth} ${historyHeight}`);
  svg.setAttribute("preserveAspectRatio", "none");
  return svg.ownerDocument.createElementNS("http://www.w3.org/2000/svg", "path");
}

/**
 * Objects as buttons that open the object.
 *
 * @param {HTMLElement} element
 * @returns {KeyedList<DeliveredObject>}
 */
function objectList(element) {
  return new KeyedList(element, {
    key: ({ bucket, key }) => `${bucket}/${key}`,
    create(object) {
      const { key, at, records, storedBytes, reason, errorOutputType } = object;
      const item = fromTemplate("object");
      const nameStart = key.lastIndexOf("/") + 1;
      textSetter(item)({
        time: timeOfDay(at),
        file: key.slice(nameStart),
        prefix: key.slice(0, nameStart),
        mark: errorOutputType ?? reason,
        records: counted(records, "record"),
        size: byteSize(storedBytes),
      });
      item.classList.toggle("failed", errorOutputType !== undefined);
      part(item, "button").addEventListener("click", () => void openObject(object));
      return item;
    },
  });
}
