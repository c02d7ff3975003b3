import { byteSize, counted, duration, grouped, rate } from "./amounts.mjs";
import { fromTemplate, part, textsOf } from "./dom.mjs";
import { drawHistory } from "./history.mjs";
import { objectList } from "./objectList.mjs";
import { openObject } from "./objectPanel.mjs";
import { errorLineList, failingCallList } from "./problemLists.mjs";

/** @typedef {import("../state/pageSnapshot.ts").DeliveryStreamSnapshot} DeliveryStreamSnapshot */

/** One delivery stream, from its producers to its bucket. */
export class PipelineView {
  element = fromTemplate("pipeline");
  #setTexts = textsOf(this.element);
  #objects = objectList(this.#list("objects"), (object) => void openObject(object));
  #denied = failingCallList(this.#list("denied"));
  #failing = failingCallList(this.#list("failing"));
  #errors = errorLineList(this.#list("errors"));

  /**
   * @param {DeliveryStreamSnapshot} stream
   * @param {number} now by the clock of the run
   */
  show(stream, now) {
    this.#setTexts({ ...nameTexts(stream), ...amountTexts(stream), ...countTexts(stream) });
    for (const place of /** @type {const} */ (["put", "read", "delivered"])) {
      drawHistory(part(this.element, `[data-history="${place}"]`), stream[place].history);
      const isMoving = stream[place].perSecond > 0;
      part(this.element, `[data-flow="${place}"]`).classList.toggle("moving", isMoving);
    }
    this.#objects.show(stream.objects);
    this.#denied.show(stream.deniedCalls, now);
    this.#failing.show(stream.failingCalls, now);
    this.#errors.show(stream.errors);
    part(this.element, ".empty").hidden = stream.objectCount > 0;
    this.tick(stream, now);
  }

  /**
   * Moves what moves with time alone.
   *
   * @param {DeliveryStreamSnapshot} stream
   * @param {number} now by the clock of the run
   */
  tick({ buffer, bufferBytes, bufferSeconds }, now) {
    const sizeText = `${byteSize(buffer.bytes)} of ${byteSize(bufferBytes)}`;
    this.#setBar("size", buffer.bytes / bufferBytes, sizeText);
    if (bufferSeconds === 0) {
      this.#setBar("time", 0, "delivers at once");
    } else {
      const left = buffer.due === undefined ? bufferSeconds : (buffer.due - now) / 1000;
      const passed = Math.min(Math.max(bufferSeconds - left, 0), bufferSeconds);
      this.#setBar("time", passed / bufferSeconds, `${Math.floor(passed)} of ${bufferSeconds} s`);
    }
  }

  /**
   * @param {"size" | "time"} name
   * @param {number} share
   * @param {string} text
   */
  #setBar(name, share, text) {
    this.#setTexts({ [name]: text });
    const percent = Math.min(100, Math.round(1000 * share) / 10);
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
    rejected: joined([some(throttledRecords, "throttled"), some(failedRecords, "refused")]),
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

/** @param {readonly string[]} texts */
function joined(texts) {
  return texts.filter(Boolean).join(", ");
}
