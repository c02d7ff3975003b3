import { InputReader } from "../../../engine/graph/inputReader";
import { redactorOf } from "../../../engine/graph/redaction";
import {
  type GraphResource,
  type Properties,
  type ResourceGraph,
  resourcesOfType,
} from "../../../engine/graph/resourceGraph";
import type { Alarm, CompositeCondition, MetricCondition, NamedAlarm, Unevaluated } from "./alarm";
import { alarmsIn, parseAlarmRule } from "./alarmRule";
import { metricCondition } from "./metricCondition";

/**
 * The alarms that a graph declares: metric alarms, then composite alarms, each after those that it
 * names. Alarms that cannot be evaluated here are included, with the reason.
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
  return alarms.map(({ hasActions, description, ...alarm }) => {
    const isCondition = conditions.has(alarm.name) && !hasActions;
    const described = {
      isCondition,
      ...(description !== undefined && { description: redact(description) }),
    };
    if (alarm.kind !== "unevaluated") return { ...alarm, ...described };
    return { ...alarm, ...described, reason: redact(alarm.reason) };
  });
}

type ReadAlarm = Omit<NamedAlarm, "isCondition"> & { readonly hasActions: boolean } & (
    MetricCondition | CompositeCondition | Unevaluated
  );

/** Resources that the program creates; of those that it only reads, the graph has just the names. */
function managed(graph: ResourceGraph, type: string): readonly GraphResource[] {
  return resourcesOfType(graph, type).filter(({ external }) => !external);
}

/** @param condition throws if the alarm cannot be evaluated */
function readAlarm(
  { name, inputs, outputs }: GraphResource,
  nameProperty: string,
  condition: (inputs: Properties) => MetricCondition | CompositeCondition,
): ReadAlarm {
  const alarmName = outputs[nameProperty] ?? inputs[nameProperty];
  const actions = inputs["alarmActions"] ?? [];
  const description = inputs["alarmDescription"];
  const named = {
    name: typeof alarmName === "string" ? alarmName : name,
    resource: name,
    ...(typeof description === "string" && description !== "" && { description }),
    // A secret or unknown value counts as some actions.
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
  const rule = reader.text("alarmRule") ?? "";
  if (reader.problems.size > 0) throw new Error([...reader.problems].join("; "));
  try {
    return { kind: "composite", rule: parseAlarmRule(rule) };
  } catch (error) {
    throw new Error(`${rule}: ${(error as Error).message}`);
  }
}

function namesIn(alarm: ReadAlarm): readonly string[] {
  return alarm.kind === "composite" ? alarmsIn(alarm.rule) : [];
}

/** Puts each composite alarm after those that it names, or marks it as not evaluated. */
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
    if (ready.length === 0)
      return [...ordered, ...waiting.map((alarm) => unevaluated(alarm, known))];
    ordered.push(...ready);
  }
}

function unevaluated(alarm: ReadAlarm, known: ReadonlySet<string>): ReadAlarm {
  const { name, resource, description, hasActions } = alarm;
  const missing = namesIn(alarm).filter((other) => !known.has(other));
  const reason = `its rule names alarms that are not evaluated here: ${missing.join(", ")}`;
  return {
    ...{ name, resource, hasActions, kind: "unevaluated", reason },
    ...(description !== undefined && { description }),
  };
}
