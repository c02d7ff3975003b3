import type { Problem } from "../problem";
import { accessLogProblems } from "./accessLogProblems";
import { alarmProblems } from "./alarmProblems";
import { arnProblems } from "./arnProblems";
import { errorLogProblems } from "./errorLogProblems";
import { existingProblems } from "./existingProblems";
import { fileExtensionProblems } from "./fileExtensionProblems";
import type { Given } from "./given";
import { lifecycleProblems } from "./lifecycleProblems";
import { repeatedMetricProblems } from "./repeatedMetricProblems";
import { tagProblems } from "./tagProblems";

/**
 * What is wrong with settings that are each fine alone. Values that are not known are not judged;
 * that they are there, is.
 */
export function crossProblems(settings: Given): readonly Problem[] {
  return [
    ...existingProblems(settings),
    ...arnProblems(settings),
    ...repeatedMetricProblems(settings),
    ...lifecycleProblems(settings),
    ...accessLogProblems(settings),
    ...fileExtensionProblems(settings),
    ...errorLogProblems(settings),
    ...alarmProblems(settings),
    ...tagProblems(settings),
  ];
}
