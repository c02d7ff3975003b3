import {
  asList,
  type Decision,
  isObject,
  type Properties,
  readValue,
  UNKNOWN,
  type Value,
} from "../../reading/value";
import { Verdict } from "../../rule/verdict";
import { destination, type Destination, destinationsOf } from "./destinations";
import { processingFlagIn, processorsIn } from "./recordProcessing";

/** A processor as far as it is known. */
export interface DeclaredProcessor {
  readonly path: string;
  readonly type: Value;
  /** `UNKNOWN` if the list, or an element of it, is unknown. */
  readonly parameters: readonly Parameter[] | typeof UNKNOWN;
}

interface Parameter {
  readonly name: Value;
  readonly value: Value | undefined;
}

/** Whether processing is enabled for a destination. It is disabled by default. */
export function isProcessing(props: Properties, path = destination): Decision {
  const enabled = readValue(props, processingFlagIn(path));
  return enabled === UNKNOWN ? UNKNOWN : enabled === true;
}

/** Whether the list of processors, or a whole element of it, is unknown. */
export function hasUnknownProcessors(props: Properties, path = destination): boolean {
  return asList(readValue(props, processorsIn(path))).includes(UNKNOWN);
}

/** The processors of a destination, enabled or not. Elements that are not objects are left out. */
export function processorsOf(props: Properties, path = destination): readonly DeclaredProcessor[] {
  return asList(readValue(props, processorsIn(path))).flatMap((processor, index) =>
    isObject(processor)
      ? [
          {
            path: `${processorsIn(path)}[${index}]`,
            type: processor["type"] ?? null,
            parameters: parametersOf(processor["parameters"]),
          },
        ]
      : [],
  );
}

function parametersOf(value: Value | undefined): DeclaredProcessor["parameters"] {
  const listed = asList(value ?? undefined);
  if (listed.includes(UNKNOWN)) return UNKNOWN;
  return listed
    .filter(isObject)
    .map((one) => ({ name: one["parameterName"] ?? null, value: one["parameterValue"] }));
}

/**
 * The value of a parameter: `UNKNOWN` if it, or whether it is set, is unknown; `undefined` if it is not
 * set.
 */
export function parameterOf({ parameters }: DeclaredProcessor, name: string): Value | undefined {
  if (parameters === UNKNOWN) return UNKNOWN;
  const found = parameters.find((one) => one.name === name);
  if (found !== undefined) return found.value;
  return parameters.some((one) => one.name === UNKNOWN) ? UNKNOWN : undefined;
}

/**
 * Evaluates the processors of each destination that processes records. Whatever depends on an unknown
 * flag or list is undecided.
 */
export function evaluateProcessing(
  props: Properties,
  verdict: Verdict,
  evaluate: (destination: Destination, verdict: Verdict) => void,
): void {
  const processing = destinationsOf(props).filter(
    ({ path }) => isProcessing(props, path) !== false,
  );
  if (processing.length === 0) verdict.inapplicable("the delivery stream processes no records");
  const reasons = processing.map((one) => {
    const found = new Verdict();
    if (hasUnknownProcessors(props, one.path)) found.undecided(processorsIn(one.path));
    evaluate(one, found);
    if (isProcessing(props, one.path) === true) verdict.add(found);
    else if (found.violations.length + found.missing.length > 0) {
      verdict.undecided(processingFlagIn(one.path));
    }
    return found.reasonNotToApply;
  });
  const [first] = reasons;
  if (first !== undefined && !reasons.includes(undefined)) verdict.inapplicable(first);
}
