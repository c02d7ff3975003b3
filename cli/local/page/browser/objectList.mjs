import { byteSize, counted, timeOfDay } from "./amounts.mjs";
import { fromTemplate, part, textsOf } from "./dom.mjs";
import { KeyedList } from "./keyedList.mjs";

/** @typedef {import("../state/pageState.ts").DeliveredObject} DeliveredObject */

/**
 * Objects as buttons.
 *
 * @param {HTMLElement} element
 * @param {(object: DeliveredObject) => void} onOpen
 * @returns {KeyedList<DeliveredObject>}
 */
export function objectList(element, onOpen) {
  return new KeyedList(element, {
    key: ({ bucket, key }) => `${bucket}/${key}`,
    create(object) {
      const { key, at, records, storedBytes, reason, errorOutputType } = object;
      const item = fromTemplate("object");
      const fileAt = key.lastIndexOf("/") + 1;
      textsOf(item)({
        time: timeOfDay(at),
        file: key.slice(fileAt),
        folder: key.slice(0, fileAt),
        mark: errorOutputType ?? reason,
        records: counted(records, "record"),
        size: byteSize(storedBytes),
      });
      item.classList.toggle("failed", errorOutputType !== undefined);
      part(item, "button").addEventListener("click", () => {
        onOpen(object);
      });
      return item;
    },
  });
}
