import type { Cause } from "../finding";
import { counted } from "../../amounts";
import { moment } from "../words";

/** Alarms of the pipeline are in ALARM. */
export const alarms: Cause<"alarms"> = {
  name: "alarm",
  about: "an alarm is in ALARM",
  needs: ["alarms"],
  fine: ({ alarms: all }) =>
    all.length === 0 ? undefined : `none of ${counted(all.length, "alarm")} in ALARM`,
  examine: ({ alarms: all, at }) =>
    all
      .filter(({ state }) => state === "ALARM")
      .map(({ name, reason, since }) => ({
        cause: "alarm",
        title: `The alarm ${name} is in ALARM`,
        evidence: [
          ...(since === undefined ? [] : [`since ${moment(since, at)}`]),
          ...(reason === undefined ? [] : [reason]),
        ],
        fix: [{ step: "It clears when its reason does: see its section in docs/runbook.md." }],
      })),
};
