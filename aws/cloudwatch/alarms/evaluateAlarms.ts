import { MINUTE, type MetricStore } from "../metricStore";
import type { Alarm, MetricAlarm, NamedAlarm } from "./alarm";
import type { AlarmHistory } from "./alarmHistory";
import type { AlarmState, Transition } from "./alarmRule";
import { dataPoints, evaluationRange, newestBreaches } from "./dataPoints";

/** The result of one alarm. */
export type AlarmResult = EvaluatedAlarm | NotEvaluated;

export interface EvaluatedAlarm extends NamedAlarm {
  readonly state: AlarmState;
  /** The newest 1000, oldest first. Every alarm starts in INSUFFICIENT_DATA. */
  readonly transitions: readonly Transition[];
  /** Whether it was in ALARM at any time. */
  readonly wouldHaveFired: boolean;
  /** When it first went into ALARM, in milliseconds since 1970; absent if it has not. */
  readonly firedAt?: number;
  /**
   * How long the newest period must continue unchanged for the alarm to fire; absent if it has fired,
   * or would not fire that way.
   */
  readonly firesAfterSeconds?: number;
}

export interface NotEvaluated extends NamedAlarm {
  /** Why it cannot be evaluated. */
  readonly notEvaluated: string;
}

/**
 * Evaluates alarms at the end of each minute until now, and the minute in progress as if nothing more
 * happened in it.
 *
 * @param history of these alarms and this store; it is advanced, but not beyond `to`
 * @param to now, in milliseconds since 1970
 */
export function evaluateAlarms(
  alarms: readonly Alarm[],
  store: MetricStore,
  history: AlarmHistory,
  to: number,
): readonly AlarmResult[] {
  history.advance(to);
  const known = Math.ceil(to / MINUTE) * MINUTE;
  const inProgress = history.copy();
  inProgress.advance(known);
  const firesAt = timesOfFiring(alarms, store, inProgress, known);
  return alarms.map((alarm) => {
    const { name, resource, isCondition } = alarm;
    if (alarm.kind === "unevaluated")
      return { name, resource, isCondition, notEvaluated: alarm.reason };
    const record = inProgress.recordOf(name);
    const at = firesAt.get(name);
    return {
      name,
      resource,
      isCondition,
      wouldHaveFired: record.firedAt !== undefined,
      ...record,
      ...(record.firedAt !== undefined || at === undefined
        ? {}
        : { firesAfterSeconds: Math.ceil((at - to) / 1000) }),
    };
  });
}

/** When the alarms that are not in ALARM go into it if everything continues unchanged. */
function timesOfFiring(
  alarms: readonly Alarm[],
  store: MetricStore,
  history: AlarmHistory,
  known: number,
): ReadonlyMap<string, number> {
  const longest = Math.max(
    0,
    ...alarms.map((alarm) =>
      alarm.kind === "metric" ? remaining(alarm, store, history, known) : 0,
    ),
  );
  const firesAt = new Map<string, number>();
  for (let at = known + MINUTE; at <= known + longest; at += MINUTE) {
    for (const [name, state] of history.statesAt(at, known))
      if (state === "ALARM" && !firesAt.has(name)) firesAt.set(name, at);
  }
  return firesAt;
}

/** How long an alarm whose newest period breaches can still take to fire. */
function remaining(
  alarm: MetricAlarm,
  store: MetricStore,
  history: AlarmHistory,
  known: number,
): number {
  if (history.recordOf(alarm.name).state === "ALARM") return 0;
  const breaches = newestBreaches(dataPoints(alarm, store, known, known), alarm);
  return breaches ? (evaluationRange(alarm) - 1) * alarm.period : 0;
}
