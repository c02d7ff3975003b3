import type { Cause } from "../finding";
import { above0, newest } from "../metrics";
import { applyFix, moment } from "../words";

/** The function that transforms records fails: then its records go to the error prefix. */
export const functionFails: Cause<"metrics"> = {
  name: "function-fails",
  about: "the function that transforms records fails",
  needs: ["metrics"],
  fine: ({ metrics }) =>
    above0(metrics, "functionSuccess").length > 0 ? "its function succeeds" : undefined,
  examine: ({ metrics, at }, place) => {
    const last = newest(metrics, "functionSuccess");
    if (last === undefined || last.value >= 1) return [];
    return [
      {
        cause: "function-fails",
        title: "The function that transforms the records fails",
        evidence: [`ExecuteProcessing.Success was ${last.value} at ${moment(last.at, at)}`],
        fix: [
          { step: "Look into the log of the function and fix it, then deploy it:" },
          applyFix(place),
        ],
        explains: ["Lambda.FunctionError", "Lambda.FunctionTimedOut", "Lambda.InvokeAccessDenied"],
      },
    ];
  },
};
