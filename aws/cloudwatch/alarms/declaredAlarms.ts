import { redactorOf } from "../../../engine/graph/redaction";
import {
  resourcesOfType,
  type GraphResource,
  type Properties,
  type ResourceGraph,
} from "../../../engine/graph/resourceGraph";
import { InputReader } from "../../../engine/graph/inputReader";
import type { Alarm, CompositeCondition, MetricCondition, NamedAlarm, Unevaluated } from "./alarm";
import { alarmsIn, parseAlarmRule } from "./alarmRule";
import { metricCondition } from "./metricCondition";

/**
 * The alarms that a graph declares: metric alarms, then composite alarms, each one after those that
 * it names. What cannot be evaluated here is among them, with the reason.
 */
export function declaredAlarms(graph: ResourceGraph): readonly Alarm[] {
  const metricAlarms = managed(graph, "aws:cloudwatch/metricAlarm:MetricAlarm").map((resource) =>
    readAlarm(resource, "name", metricCondition),
  );
  const compositeAlarms = managed(graph, "aws:cloudwatch/compositeAlarm:CompositeAlarm").map(
    (resource) => readAlarm(resource, "alarmName", compositeCondition),
  );
  const alarms = inOrder(metricAlarms, compositeAlarms);
  const conditions = new Set(alarms.flatMap(namesIn));
  const redact = redactorOf(graph);
  return alarms.map(({ hasActions, ...alarm }) => {
    const isCondition = conditions.has(alarm.name) && !hasActions;
    if (alarm.kind !== "unevaluated") return { ...alarm, isCondition };
    return { ...alarm, isCondition, reason: redact(alarm.reason) };
  });
}

type ReadAlarm = Omit<NamedAlarm, "isCondition"> & { readonly hasActions: boolean } & (
    MetricCondition | CompositeCondition | Unevaluated
  );

/** What is only read with `.get(...)` tells no more than its name. */
function managed(graph: ResourceGraph, type: string): readonly GraphResource[] {
  return resourcesOfType(graph, type).filter(({ external }) => !external);
}

/** @param condition Throws what keeps the alarm from being evaluated. */
function readAlarm(
  { name, inputs, outputs }: GraphResource,
  nameProperty: string,
  condition: (inputs: Properties) => MetricCondition | CompositeCondition,
): ReadAlarm {
  const given = outputs[nameProperty] ?? inputs[nameProperty];
  const actions = inputs["alarmActions"] ?? [];
  const named = {
    name: typeof given === "string" ? given : name,
    resource: name,
    // A value that is secret or not known yet stands for some.
    hasActions: !Array.isArray(actions) || actions.length > 0,
  };
  try {
    return { ...named, ...condition(inputs) };
  } catch (error) {
    return { ...named, kind: "unevaluated", reason: (error as Error).message };
  }
}

/** @throws if the rule cannot be evaluated here */
function compositeCondition(inputs: Properties): CompositeCondition {
  const reader = new InputReader(inputs);
  const text = reader.text("alarmRule") ?? "";
  if (reader.problems.size > 0) throw new Error([...reader.problems].join("; "));
  try {
    return { kind: "composite", rule: parseAlarmRule(text) };
  } catch (error) {
    throw new Error(`${text}: ${(error as Error).message}`);
  }
}

function namesIn(alarm: ReadAlarm): readonly string[] {
  return alarm.kind === "composite" ? alarmsIn(alarm.rule) : [];
}

/** Puts every composite alarm after those that it names; those for which that fails are not evaluated. */
function inOrder(
  metricAlarms: readonly ReadAlarm[],
  compositeAlarms: readonly ReadAlarm[],
): readonly ReadAlarm[] {
  const ordered = [...metricAlarms];
  let waiting = compositeAlarms;
  for (;;) {
    const known = new Set(
      ordered.filter(({ kind }) => kind !== "unevaluated").map(({ name }) => name),
    );
    const isReady = (alarm: ReadAlarm): boolean => namesIn(alarm).every((name) => known.has(name));
    const ready = waiting.filter(isReady);
    waiting = waiting.filter((alarm) => !isReady(alarm));
    if (ready.length === 0) return [...ordered, ...waiting.map((alarm) => without(alarm, known))];
    ordered.push(...ready);
  }
}

function without(alarm: ReadAlarm, known: ReadonlySet<string>): ReadAlarm {
  const { name, resource, hasActions } = alarm;
  const missing = namesIn(alarm).filter((other) => !known.has(other));
  const reason = `its rule names alarms that are not evaluated here: ${missing.join(", ")}`;
  return { name, resource, hasActions, kind: "unevaluated", reason };
}
