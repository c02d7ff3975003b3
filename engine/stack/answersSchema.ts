import * as z from "zod";

const properties = z.record(z.string(), z.unknown());

const functionAnswer = z
  .strictObject({
    token: z
      .string()
      .regex(/^[^:\s]+:[^\s]*:[^:\s]+$|^[^:\s]+:[^:\s]+$/)
      .meta({ description: "The function's token, e.g. `aws:ec2/getAmi:getAmi`." }),
    arguments: properties.optional().meta({
      description:
        "Answers only calls with these arguments, which may have others as well. Default: all calls.",
    }),
    result: properties.optional().meta({
      description: "The properties of the result. One that is left out is unknown.",
    }),
    error: z.string().min(1).optional().meta({
      description: "Rejects the call with this message, as for a lookup that finds nothing.",
    }),
  })
  .refine((answer) => (answer.result === undefined) !== (answer.error === undefined), {
    error: "must have either result or error",
    // Says so even if something else is wrong.
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .meta({
    description:
      "One answer, with either `result` or `error`. The first entry that fits a call answers it.",
    oneOf: [{ required: ["result"] }, { required: ["error"] }],
  });

const stackAnswer = z
  .strictObject({
    outputs: properties.optional().meta({
      description: "The outputs of the other stack. One that is left out does not exist.",
    }),
    export: z.string().min(1).optional().meta({
      description: "A file that `pulumi stack export` wrote, relative to this file.",
    }),
  })
  .refine((answer) => (answer.outputs === undefined) !== (answer.export === undefined), {
    error: "must have either outputs or export",
  })
  .meta({ description: "Specify either `outputs` or `export`." });

/** What `streamlake.answers.yaml` may contain. */
export const answersSchema = z
  .strictObject({
    functions: z.array(functionAnswer).optional().meta({
      description: "Results of provider functions, which cannot be called offline.",
    }),
    stackReferences: z.record(z.string(), stackAnswer).optional().meta({
      description: "Outputs of other stacks, by the name that the program references.",
    }),
  })
  .meta({ title: "Answers for a Pulumi program that runs offline" });

export type AnswersContent = z.output<typeof answersSchema>;

/** What is allowed at a place, and an example that is valid there. */
const ALLOWED: readonly (readonly [place: RegExp, allowed: string, example: string])[] = [
  [/^$/, "functions and stackReferences", "functions: []"],
  [/^functions$/, "a list", "functions: []"],
  [
    /^functions\[\d+\]$/,
    "token, arguments, and either result or error",
    "{ token: aws:ec2/getAmi:getAmi, result: {} }",
  ],
  [/^functions\[\d+\]\.token$/, "a function token", "token: aws:ec2/getAmi:getAmi"],
  [/^functions\[\d+\]\.arguments/, "a mapping of arguments", "arguments: { mostRecent: true }"],
  [/^functions\[\d+\]\.result/, "a mapping of properties", "result: {}"],
  [/^functions\[\d+\]\.error$/, "a message", "error: not found"],
  [/^stackReferences$/, "a mapping of stacks", "stackReferences: {}"],
  [/^stackReferences\.[^.]+$/, "either outputs or export", "{ outputs: {} }"],
  [/\.outputs/, "a mapping of outputs", "outputs: { bucketName: orders }"],
  [/\.export$/, "the path of a stack export", "export: network.json"],
];

/** What is wrong at one place, what is allowed there and how to fix it. */
export interface AnswersProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** @returns the content, or all problems with it */
export function checkAnswers(content: unknown): AnswersContent | readonly AnswersProblem[] {
  const checked = answersSchema.safeParse(content);
  return checked.success ? checked.data : checked.error.issues.map(problemOf);
}

function problemOf(issue: z.core.$ZodIssue): AnswersProblem {
  const place = issue.path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
  // The name of a stack can contain dots.
  const form = issue.path[0] === "stackReferences" ? formOf(issue.path) : place;
  const [, allowed = "", example = ""] = ALLOWED.find(([pattern]) => pattern.test(form)) ?? [];
  const name = place === "" ? "the file" : place;
  return {
    path: issue.path,
    message: `${name} ${wrong(issue)}; allowed: ${allowed}, e.g. ${example}`,
  };
}

function formOf([group, name, ...rest]: readonly PropertyKey[]): string {
  return [group, ...(name === undefined ? [] : ["stack"]), ...rest].map(String).join(".");
}

function wrong(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys")
    return `has the unknown ${issue.keys.length === 1 ? "key" : "keys"} ${issue.keys.join(", ")}`;
  if (issue.code === "custom") return issue.message;
  return issue.message.includes("received undefined") ? "is missing" : "is not valid";
}
