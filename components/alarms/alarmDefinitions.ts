import type { AlarmDefinition, AlarmedFeature } from "./alarmDefinition";
import { deliveryAlarms } from "./deliveryAlarms";
import { featureAlarms } from "./featureAlarms";
import { streamAlarms } from "./streamAlarms";

export type AlarmName =
  keyof typeof streamAlarms | keyof typeof deliveryAlarms | keyof typeof featureAlarms;

/** All alarms of a pipeline, in the order of the data flow: from the producers to the bucket. */
export const alarmDefinitions: Readonly<Record<AlarmName, AlarmDefinition>> = {
  ...streamAlarms,
  ...deliveryAlarms,
  ...featureAlarms,
};

export const alarmNames = Object.keys(alarmDefinitions) as readonly AlarmName[];

/** The alarms of a pipeline with some features. */
export function alarmsWith(features: readonly AlarmedFeature[]): readonly AlarmName[] {
  return alarmNames.filter((name) => {
    const { feature } = alarmDefinitions[name];
    return feature === undefined || features.includes(feature);
  });
}
