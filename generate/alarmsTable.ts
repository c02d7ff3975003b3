import { alarmDefinitions } from "../components/alarms/alarmDefinitions";
import { table } from "./table";

/** All alarms with what they stand for, as a table of README. */
export function alarmsTable(): string {
  return table(
    ["alarm", "fires when", "threshold", "unit", "periods"],
    Object.entries(alarmDefinitions).map(([name, definition]) => [
      `\`${name}\``,
      definition.about.replace(/^Fires when /, "").replace(/\.$/, ""),
      definition.thresholdDefault,
      definition.unit.replace(/,$/, ""),
      String(definition.evaluationPeriods),
    ]),
  );
}
