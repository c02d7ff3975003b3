import { byteSize, counted, duration, grouped, rate, timeOfDay } from "./amounts.mjs";
import { snippetList } from "./connection.mjs";
import { fromTemplate, part, setTime, textSetter } from "./dom.mjs";
import { KeyedList } from "./keyedList.mjs";
import { openObject } from "./objectPanel.mjs";
import { Overview } from "./overview.mjs";
import { PartitionList } from "./partitionList.mjs";
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
  #partitions = new PartitionList(part(this.element, '[data-panel="partitions"]'));
  #snippets = snippetList(this.#list("snippets"));
  #overview = new Overview(part(this.element, ".overview"));

  /**
   * @param {DeliveryStreamSnapshot} stream
   * @param {number | undefined} now by the clock of the run; undefined if it is not running
   */
  show(stream, now) {
    this.#setTexts({
      ...nameTexts(stream),
      ...streamTexts(stream),
      ...bufferTexts(stream),
      ...bucketTexts(stream),
      ...countTexts(stream),
    });
    this.element.dataset.level = stream.status.level;
    this.#overview.show(stream);
    this.#snippets.show(stream.connection.snippets);
    for (const flow of /** @type {const} */ (["put", "read", "delivered"])) {
      this.#setTexts({ [`${flow}-peak`]: peakText(stream[flow].history) });
      drawHistory(part(this.element, `[data-history="${flow}"]`), stream[flow].history);
      const isMoving = stream[flow].perSecond > 0;
      part(this.element, `[data-flow="${flow}"]`).classList.toggle("moving", isMoving);
    }
    this.#objects.show(stream.objects);
    this.#errors.show(stream.errors);
    this.#partitions.show(stream.partitions);
    part(this.element, ".empty").hidden = stream.objectCount > 0;
    this.tick(stream, now);
  }

  /**
   * Updates what changes with time alone.
   *
   * @param {DeliveryStreamSnapshot} stream
   * @param {number | undefined} now by the clock of the run; undefined if it is not running
   */
  tick(stream, now) {
    const { buffer, bufferBytes, bufferSeconds } = stream;
    this.#overview.tick(stream, now);
    this.#denied.show(stream.deniedCalls, now);
    this.#failing.show(stream.failingCalls, now);
    const sizeText = `${byteSize(buffer.bytes)} of ${byteSize(bufferBytes)}`;
    this.#setBar("size", buffer.bytes / bufferBytes, sizeText);
    if (bufferSeconds === 0) {
      this.#setBar("time", 0, "delivered at once");
    } else if (now !== undefined) {
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
function nameTexts({ name, stream, bucket, connection }) {
  return {
    name,
    "put-to": stream.name,
    stream: `${stream.name}, ${stream.region}`,
    bucket,
    endpoint: connection.endpoint,
  };
}

/** @param {DeliveryStreamSnapshot} stream */
function streamTexts({ put, read, accounting, millisBehindLatest, ...stream }) {
  const { throttledRecords, failedRecords } = stream;
  const { unread } = accounting;
  const behind = millisBehindLatest > 0 ? `, ${duration(millisBehindLatest)} behind` : "";
  return {
    put: grouped(put.records),
    "put-rate": rate(put.perSecond),
    "put-bytes": `${byteSize(put.bytes)} accepted`,
    rejected: joined([some(throttledRecords, "throttled"), some(failedRecords, "rejected")]),
    unread: grouped(unread),
    "read-rate": rate(read.perSecond),
    read: `${counted(read.records, "record")} read${unread > 0 ? behind : ""}`,
  };
}

/** @param {DeliveryStreamSnapshot} stream */
function bufferTexts({ buffer, sealed, bufferSeconds, declaredBufferSeconds, ...stream }) {
  const since = sealed.since === undefined ? "" : ` since ${timeOfDay(sealed.since)}`;
  const waiting = `${counted(sealed.objects, "object")}, ${counted(sealed.records, "record")}`;
  const denied = stream.deniedCalls.length;
  return {
    buffered: grouped(buffer.records),
    sealed:
      sealed.objects > 0 ? `Not in the bucket${since}: ${waiting} (${byteSize(sealed.bytes)})` : "",
    shortened:
      declaredBufferSeconds === undefined
        ? ""
        : `Interval in this run: ${bufferSeconds}\u00a0s; as declared: ${declaredBufferSeconds}\u00a0s`,
    denied: denied > 0 ? counted(denied, "denied call") : "",
  };
}

/** @param {DeliveryStreamSnapshot} stream */
function bucketTexts({ delivered, objectCount, storedBytes, errorRecords, ...stream }) {
  const { accounting, sealed, timeZone } = stream;
  const packed = delivered.bytes > 0 ? Math.round((100 * storedBytes) / delivered.bytes) : 100;
  const fromStream =
    accounting.delivered === delivered.records
      ? ""
      : `, from ${grouped(accounting.delivered)} of the stream`;
  return {
    objects: grouped(objectCount),
    "objects-unit": objectCount === 1 ? "object" : "objects",
    delivered: `${counted(delivered.records, "record")}${fromStream}`,
    packed:
      objectCount > 0
        ? `${byteSize(delivered.bytes)} as ${byteSize(storedBytes)} (${packed} %)`
        : "",
    "no-objects":
      sealed.objects > 0
        ? "None yet: complete objects wait for the bucket."
        : "None yet: Firehose writes an object when the buffer is full or its interval ends.",
    "time-zone": timeZone === "UTC" ? "" : `Dates in keys: ${timeZone}`,
    backup: stream.backup ? backupText(stream.backup) : "",
    "error-records": some(errorRecords, "in error objects"),
  };
}

/** @param {NonNullable<DeliveryStreamSnapshot["backup"]>} backup */
function backupText({ bucket, objectCount, records, storedBytes }) {
  const content = `${counted(records, "record")} in ${counted(objectCount, "object")}`;
  const size = objectCount > 0 ? ` (${byteSize(storedBytes)})` : "";
  return `Backup in ${bucket}: ${content}${size}`;
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

/** @param {readonly number[]} history */
function peakText(history) {
  const peak = Math.max(0, ...history);
  return peak === 0 ? "no records" : `peak ${grouped(peak)}/s`;
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
  svg.ariaLabel = `Records in each of the last ${historyWidth} seconds: ${peakText(history)}`;
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
        file: key.slice(nameStart),
        prefix: key.slice(0, nameStart),
        mark: errorOutputType ?? reason,
        records: counted(records, "record"),
        size: byteSize(storedBytes),
      });
      setTime(part(item, "time"), at);
      item.classList.toggle("failed", errorOutputType !== undefined);
      part(item, "button").addEventListener("click", () => void openObject(object));
      return item;
    },
  });
}
