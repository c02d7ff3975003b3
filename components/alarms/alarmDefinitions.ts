import type { AlarmDefinition } from "./alarmDefinition";
import { deliveryAlarms } from "./deliveryAlarms";
import { streamAlarms } from "./streamAlarms";

export type AlarmName = keyof typeof streamAlarms | keyof typeof deliveryAlarms;

/** All alarms of a pipeline, in the order of the data flow: from the producers to the bucket. */
export const alarmDefinitions: Readonly<Record<AlarmName, AlarmDefinition>> = {
  ...streamAlarms,
  ...deliveryAlarms,
};

export const alarmNames = Object.keys(alarmDefinitions) as readonly AlarmName[];
