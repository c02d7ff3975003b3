import { byteSize, counted, grouped } from "./amounts.mjs";
import { fromTemplate, part, textSetter } from "./dom.mjs";
import { KeyedList } from "./keyedList.mjs";

/** @typedef {import("../state/partitions.ts").PartitionRow} PartitionRow */
/** @typedef {import("../state/partitions.ts").PartitionsSnapshot} PartitionsSnapshot */

/** The partitions of a delivery stream: what waits in their buffers, and what was delivered to them. */
export class PartitionList {
  #panel;
  #setTexts;
  #rows;

  /** @param {HTMLElement} panel hidden without dynamic partitioning */
  constructor(panel) {
    this.#panel = panel;
    this.#setTexts = textSetter(panel);
    this.#rows = partitionRows(part(panel, "[data-list]"));
  }

  /** @param {PartitionsSnapshot | undefined} partitions */
  show(partitions) {
    this.#panel.hidden = partitions === undefined;
    if (!partitions) return;
    const { active, limit, shown, more } = partitions;
    this.#rows.show(shown);
    this.#setTexts({
      "partitions-count": `${grouped(active)} of ${grouped(limit)} active`,
      "partitions-more": more > 0 ? `and ${grouped(more)} more` : "",
    });
  }
}

/**
 * @param {HTMLElement} element
 * @returns {KeyedList<PartitionRow>}
 */
function partitionRows(element) {
  return new KeyedList(element, {
    key: ({ partition }) => partition,
    create: () => fromTemplate("partition"),
    update(row, { partition, records, bytes, deliveredRecords, objects }) {
      textSetter(row)({
        partition,
        buffered: records > 0 ? counted(records, "record") : "empty",
        size: records > 0 ? byteSize(bytes) : "",
        delivered: objects > 0 ? counted(deliveredRecords, "record") : "nothing yet",
        objects: objects > 0 ? counted(objects, "object") : "",
      });
    },
  });
}
