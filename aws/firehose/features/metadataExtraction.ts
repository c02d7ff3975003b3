import { setImmediate } from "node:timers/promises";
import { Unknown } from "../../../engine/graph/resourceGraph";
import { JqQuery, type QueryResult } from "../jq/jqQuery";
import { type JsonLine, jsonLine } from "../jq/jsonLine";
import type { ProcessedRecord } from "../processing/processedRecord";
import type { Slice, Slices } from "../processing/recordSlices";
import { failedExtraction, noJson, partitionKeysIn } from "./partitionKeys";
import type { ProcessingContext, ProcessorFeature } from "./processorFeature";
import { readParameters } from "./processorParameters";

/** Extracts partition keys from records with jq. */
export const metadataExtraction: ProcessorFeature = {
  type: "MetadataExtraction",
  supported: true,
  partitionsOnly: true,
  read(inputs) {
    const [query, engine] = ["MetadataExtractionQuery", "JsonParsingEngine"];
    const parameters = readParameters(inputs, [query, engine]);
    if (parameters instanceof Unknown) return parameters;
    parameters.required(engine, (value) => value === "JQ-1.6", "JQ-1.6");
    const isQuery = (value: string) => value.trim() !== "";
    return {
      type: "MetadataExtraction",
      query: parameters.required(query, isQuery, "a jq query, e.g. {customer: .customer}") ?? "",
    };
  },
  process: (processor, slices, context) =>
    processor.type === "MetadataExtraction" ? extracted(processor.query, slices, context) : slices,
};

/** Many records at once, because a run of jq takes as long as some hundred of them. */
async function* extracted(
  written: string,
  slices: Slices,
  context: ProcessingContext,
): AsyncGenerator<Slice> {
  const query = await JqQuery.read(written);
  let isFirst = true;
  for await (const slice of slices) {
    for (const batch of batchesOf(slice)) {
      // Between two batches, other work of the process gets its turn.
      if (!isFirst) await setImmediate();
      isFirst = false;
      yield withKeys(batch, query, context);
    }
  }
}

function* batchesOf(slice: Slice): Generator<Slice> {
  let [first, bytes] = [0, 0];
  for (const [index, one] of slice.entries()) {
    bytes += "data" in one ? one.data.length : 0;
    if (index - first < batchRecords && bytes < batchBytes) continue;
    yield slice.slice(first, index + 1);
    [first, bytes] = [index + 1, 0];
  }
  if (first < slice.length) yield slice.slice(first);
}

const batchRecords = 1000;
const batchBytes = 1024 * 1024;

/** Records that failed or were dropped before stay as they are. */
function withKeys(batch: Slice, query: JqQuery, { at, queries }: ProcessingContext): Slice {
  const lines = batch.map((one) => ("data" in one ? jsonLine(one.data) : undefined));
  const texts = lines.filter((line): line is JsonLine => line !== undefined);
  const begun = queries?.clock.monotonic() ?? 0;
  const results = query.run(texts);
  if (queries && texts.length > 0)
    queries.onRun({ records: texts.length, milliseconds: queries.clock.monotonic() - begun });
  let next = 0;
  return batch.map((one, index) => {
    const result = lines[index] === undefined ? undefined : results[next++];
    return "data" in one ? withKeysOf(result, one, at) : one;
  });
}

function withKeysOf(
  result: QueryResult | undefined,
  one: Extract<ProcessedRecord, { readonly data: Uint8Array }>,
  at: number,
): ProcessedRecord {
  const { record, unsplit, partitionKeys } = one;
  if (result === undefined) return { record, failure: failedExtraction(unsplit ?? noJson, at) };
  const query = partitionKeysIn(result);
  if ("errorMessage" in query) return { record, failure: failedExtraction(query, at) };
  return { ...one, partitionKeys: { ...partitionKeys, query: query.keys } };
}
