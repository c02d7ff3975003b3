/* global document, fetch, URLSearchParams */
import { byteSize, counted, grouped, localTimeOfDay, timeOfDay } from "./amounts.mjs";
import { fromTemplate, part, textSetter } from "./dom.mjs";

/** @typedef {import("../state/pageState.ts").DeliveredObject} DeliveredObject */
/** @typedef {import("../objectPreview.ts").ObjectPreview} ObjectPreview */
/** @typedef {import("../objectPreview.ts").RecordText} RecordText */

const dialog = /** @type {HTMLDialogElement} */ (part(document, "#object"));

const setTexts = textSetter(dialog);

const reasons = {
  size: "because the buffer was full",
  interval: "because the buffer interval ended",
  shutdown: "because the delivery stream stopped",
};

/** The object that was opened last: late responses for other objects are ignored. */
let opened = /** @type {DeliveredObject | undefined} */ (undefined);

part(dialog, ".close").addEventListener("click", () => {
  dialog.close();
});
dialog.addEventListener("click", ({ target }) => {
  // A click outside the panel hits the dialog itself, a click inside one of its children.
  if (target === dialog) dialog.close();
});

/**
 * Shows an object and its first records; Escape closes it.
 *
 * @param {DeliveredObject} object
 */
export async function openObject(object) {
  opened = object;
  setTexts({ key: object.key, "records-title": "First records" });
  showFacts(object);
  showRecords([], "Reading the object ...");
  dialog.showModal();
  dialog.scrollTop = 0;
  try {
    const preview = await read(object);
    if (opened !== object) return;
    showFacts(preview);
    showRecords(preview.firstRecords, noteOn(preview));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (opened === object) showRecords([], `The object cannot be read: ${reason}`);
  }
}

/**
 * @param {DeliveredObject} object
 * @returns {Promise<ObjectPreview>}
 */
async function read({ bucket, key }) {
  const response = await fetch(`object?${new URLSearchParams({ bucket, key })}`);
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body;
}

/** @param {ObjectPreview} preview */
function noteOn({ firstRecords, records }) {
  if (firstRecords.length === 0) return "The beginning of the object contains no complete record.";
  const shown = firstRecords.length < records ? `${firstRecords.length} of ` : "";
  return `${shown}${counted(records, "record")}`;
}

/** @param {DeliveredObject & Partial<ObjectPreview>} object */
function showFacts(object) {
  const {
    bucket,
    at,
    records,
    bytes,
    storedBytes,
    reason,
    errorOutputType,
    metadata = {},
  } = object;
  const facts = {
    Bucket: bucket,
    Delivered: `${timeOfDay(at)} (${localTimeOfDay(at)}), ${reasons[reason]}`,
    Failed: errorOutputType,
    Records: grouped(records),
    Size: byteSize(bytes),
    "Stored size": byteSize(storedBytes),
    "Content-Type": object.contentType,
    "Content-Encoding": object.contentEncoding,
    ...metadata,
  };
  part(dialog, "#object-facts").replaceChildren(
    ...Object.entries(facts).flatMap(([name, value]) =>
      value === undefined ? [] : [element("dt", name), element("dd", value)],
    ),
  );
}

/**
 * @param {readonly RecordText[]} records
 * @param {string} note
 */
function showRecords(records, note) {
  setTexts({ "records-note": note });
  part(dialog, "#object-records").replaceChildren(
    ...records.map(({ bytes, text, format, isCut }) => {
      const item = fromTemplate("record");
      const size = `${byteSize(bytes)}${isCut ? ", truncated" : ""}`;
      textSetter(item)({ about: format === "base64" ? `${size}, Base64` : size, text });
      return item;
    }),
  );
}

/**
 * @param {string} name
 * @param {string} text
 */
function element(name, text) {
  const created = document.createElement(name);
  created.textContent = text;
  return created;
}
