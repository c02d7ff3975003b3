import type { Properties } from "../../../engine/graph/resourceGraph";
import { inputList, inputText, shownValue } from "./inputValue";

const PROCESSORS = "extendedS3Configuration.processingConfiguration.processors";

/** What Firehose does to a record on its way, in this order. */
export function processorTypes(inputs: Properties): string | undefined {
  const types = inputList(inputs, PROCESSORS).map(
    (processor) => inputText(processor, "type") ?? shownValue(processor),
  );
  return types.length === 0 ? undefined : types.join(", then ");
}
