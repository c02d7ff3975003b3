import { pathText } from "../../../../components/settings/problem";
import { settingsProblems } from "../../../../components/settings/settingsProblems";

/** The problems of args, each as "place reason". */
export function problemStrings(args: unknown, name: unknown = "user-events"): string[] {
  return settingsProblems(name, args).map(({ path, reason }) => `${pathText(path)} ${reason}`);
}
