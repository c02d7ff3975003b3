import type { AlarmFacts } from "./alarmDefinition";

/** Of the settings of a pipeline, those that default thresholds and periods follow from. */
export interface AlarmedPipeline {
  readonly stream: { readonly retentionHours: number };
  readonly delivery: { readonly bufferIntervalSeconds: number };
  readonly existing: { readonly streamArn?: string | undefined };
}

export function alarmFacts({ stream, delivery, existing }: AlarmedPipeline): AlarmFacts {
  const { bufferIntervalSeconds } = delivery;
  // How long an existing stream keeps records is not known: with the shortest period that there is,
  // the alarms come too early rather than too late.
  const retentionHours = existing.streamArn === undefined ? stream.retentionHours : 24;
  return { retentionHours, bufferIntervalSeconds };
}
