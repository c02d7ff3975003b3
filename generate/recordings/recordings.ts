import type { Line } from "./screenLines";

/** A command whose output is a picture in the documentation. */
export interface Recording {
  /** Of the picture, in `docs/images/`. */
  readonly file: string;
  readonly title: string;
  readonly description: string;
  /** Run in the root of the repository. */
  readonly commandLine: string;
  /** The heading in the output at which the picture ends. */
  readonly until?: string;
}

export const recordings: readonly Recording[] = [
  {
    file: "local-run.svg",
    title: "A local run in a terminal",
    description:
      "npx streamlake local sends 2,400 events through the pipeline on this machine. " +
      "All of them are delivered, none is missing, and no call of a role was denied.",
    commandLine: "npx streamlake local --stack dev --interval 5",
    until: "Metrics",
  },
  {
    file: "rejected-plan.svg",
    title: "A plan that the policy gate rejects",
    description:
      "npx streamlake plan lists the resources of examples/rejected and violations of three rules: a stream " +
      "without encryption, a role that Firehose may assume for any account, and a role policy that allows " +
      "s3:*. Each has its line in the program and a fix. The command exits with 1.",
    commandLine: "npx streamlake plan --cwd examples/rejected --stack prod",
  },
];

/** Width of the terminal, as of a report that is not written to one. */
export const COLUMNS = 80;

const plain = { isBold: false, isDim: false };

/** What a terminal shows of a recording: the command line, its output, and the exit code if it failed. */
export function transcript(
  { commandLine, until }: Recording,
  output: readonly Line[],
  exitCode: number,
): readonly Line[] {
  const end = output.findIndex((line) => textOf(line) === until);
  return [
    prompt(commandLine),
    ...(end === -1 ? output : [...output.slice(0, end), [{ ...plain, isDim: true, text: "..." }]]),
    ...(exitCode === 0 ? [] : [prompt("echo $?"), [{ ...plain, text: String(exitCode) }]]),
  ].map((line) => line.map((span) => ({ ...span, text: steady(span.text) })));
}

function prompt(commandLine: string): Line {
  return [
    { ...plain, isDim: true, text: "$ " },
    { ...plain, isBold: true, text: commandLine },
  ];
}

export function textOf(line: Line): string {
  return line.map(({ text }) => text).join("");
}

/**
 * The same in each recording: without the time and the random part of a run's directory, and with a
 * compressed size rounded to 10 KiB, as it depends on the order in which records arrive.
 */
function steady(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\w{6}/gu, "2026-11-23T09-30-00-Ab3dEf")
    .replaceAll(/(?<=\/)\d{4}\/\d\d\/\d\d(?=\/)/gu, "2026/11/23")
    .replaceAll(/(?<=^Stored +)[\d.]+(?= KiB)/gu, (size) =>
      String(10 * Math.round(Number(size) / 10)),
    );
}
