import type { AlarmResult } from "../../../aws/cloudwatch/alarms/evaluateAlarms";
import { toldAlarms } from "../../monitoring/alarmNote";
import { timeOfDay } from "../../monitoring/timeOfDay";
import type { Fact } from "../resultFacts";
import type { SimulationDocument } from "../simulationDocument";

/** What became of each alarm, but for those that are only conditions of others. */
export function alarmFacts({ settings, result, alarms }: SimulationDocument): readonly Fact[] {
  const end = Date.parse(settings.begin) + result.milliseconds;
  const told = toldAlarms(alarms);
  if (told.length === 0) return [{ name: "None", value: "The program declares no alarm." }];
  return told.map((alarm) => alarmFact(alarm, end));
}

function alarmFact(alarm: AlarmResult, end: number): Fact {
  const name = alarm.resource;
  if ("notEvaluated" in alarm) return { name, value: `not evaluated: ${alarm.notEvaluated}` };
  const { transitions, state } = alarm;
  const fired = transitions.findIndex((change) => change.state === "ALARM");
  if (fired < 0) return { name, value: `would not have fired; ${state} at the end`, bad: false };
  const changes = transitions
    .slice(fired)
    .map((change) => `${change.state} ${timeOfDay(change.at, end)}`);
  return { name, value: `would have fired: ${changes.join(", ")}`, bad: true };
}
