import { progressBar } from "../progressBar";
import { timeText } from "./times";

/** How far a simulation is; a line on standard error, if that is a terminal. */
export interface SimulationProgress {
  /** Takes the simulated time, in milliseconds since 1970. */
  readonly onTime: (now: number) => void;
  hide(): void;
}

/** @param end of the traffic; delivering the rest takes a little longer */
export function simulationProgress(begin: number, end: number): SimulationProgress {
  const line = progressBar(30, "Simulating {bar} {time} of {whole}");
  const whole = timeText(end - begin);
  line.start(end - begin, 0, { time: timeText(0), whole });
  return {
    onTime: (now) => {
      const passed = Math.min(now, end) - begin;
      line.update(passed, { time: timeText(passed), whole });
    },
    hide: () => {
      line.stop();
    },
  };
}
