import { timeOfDay } from "../amounts";
import { shellWord } from "../shellWord";
import type { Fix, Place } from "./finding";

/** A duration in a unit that keeps the number short, e.g. `12 s`, `5 min`, `3.5 h`, `4 d`. */
export function duration(milliseconds: number): string {
  const [name, size] = units.find(([, unit]) => milliseconds >= 2 * unit) ?? ["s", 1000];
  const amount = milliseconds / size;
  return `${Number(amount.toFixed(amount < 10 ? 1 : 0))} ${name}`;
}

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/** A moment and how long ago it was, e.g. `10:05 UTC (12 min ago)`. */
export function moment(at: number, now: number): string {
  const ago = now - at;
  const distance = ago >= 0 ? `${duration(ago)} ago` : `in ${duration(-ago)}`;
  return `${timeOfDay(at, now)} (${distance})`;
}

/** A command of the AWS CLI in the region and profile of the pipeline. */
export function awsCommand({ awsOptions }: Place, ...words: readonly string[]): Fix {
  return { command: ["aws", ...words, ...awsOptions].map(shellWord).join(" ") };
}

/** A command of this package for the same pipeline. */
export function streamlakeCommand({ options }: Place, ...words: readonly string[]): Fix {
  return { command: ["npx", "streamlake", ...words, ...options].map(shellWord).join(" ") };
}

/** Deploys a changed program; of a local run, starts another one. */
export function applyFix({ kind, stack }: Place): Fix {
  if (kind === "local")
    return { command: `npx streamlake local --stack ${shellWord(stack ?? "dev")} --keep` };
  if (stack === undefined) return { step: "Deploy its program again with pulumi up." };
  return { command: `pulumi up --stack ${shellWord(stack)}` };
}

/** Makes AWS as the program declares it, whatever was changed by hand; locally, runs the program again. */
export function restoreFix(place: Place): Fix {
  const { kind, stack } = place;
  if (kind === "local" || stack === undefined) return applyFix(place);
  return { command: `pulumi up --refresh --stack ${shellWord(stack)}` };
}

/** Changes a setting of the component and applies it. */
export function settingFix(place: Place, setting: string): readonly Fix[] {
  return [
    { step: `Change the setting ${setting} (in a program: the argument), then:` },
    applyFix(place),
  ];
}
