import type { Cause } from "../finding";
import { counted } from "../../amounts";

/** A local run has ended, or was killed, before everything was delivered. */
export const endedRun: Cause<"run"> = {
  name: "ended-run",
  about: "a local run ended before everything was delivered",
  needs: ["run"],
  fine: ({ run: { isUp } }) => (isUp ? "run is up" : "run delivered everything"),
  examine: ({ run: { isUp, undelivered, resume } }) =>
    isUp || undelivered === 0
      ? []
      : [
          {
            cause: "ended-run",
            title: "The run ended before everything was delivered",
            evidence: [`${counted(undelivered, "record")} accepted and not delivered`],
            fix: [{ command: resume }],
          },
        ],
};
