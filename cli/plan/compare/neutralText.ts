import type { StackPlan } from "../../../engine/planStack";

/** Takes out of a text what no two stacks have in common, however alike they are. */
export type Neutral = (text: string) => string;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What Pulumi ends a name with that the program left to it, e.g. `user-events-6854b01`. */
const MADE_UP_NAME = /([\w.-]+)-[0-9a-f]{7}(?![\w-])/g;

const ARN_SCOPE = /\barn:aws[a-z-]*:([a-z0-9-]*):[a-z0-9-]*:\d*:/g;

/** For the texts of one stack: its name, its region, made-up ids and names, and whose an ARN is. */
export function neutralizer({ graph, region }: StackPlan): Neutral {
  const { stack, resources } = graph;
  const ids = new Set(resources.map(({ id }) => id));
  const names = new Set(resources.map(({ name }) => name.toLowerCase()));
  // A stack may be called like a number, and then only stands for itself as part of a name.
  const stackWord = wholeWord(stack, /^\d+$/.test(stack) ? "(?<=[-/_])" : undefined);
  const regionWord = wholeWord(region);
  return (text) =>
    text
      .replace(ARN_SCOPE, "arn:*:$1:*:*:")
      .replace(UUID, (uuid) => (ids.has(uuid) ? "*" : uuid))
      .replace(MADE_UP_NAME, (whole, name: string) =>
        names.has(name.toLowerCase()) ? name : whole,
      )
      .replaceAll(".amazonaws.com.cn", ".amazonaws.com")
      .replace(regionWord, "*region*")
      .replace(stackWord, "*stack*");
}

function wholeWord(text: string, before = "(?<![A-Za-z0-9])"): RegExp {
  return new RegExp(`${before}${text.replaceAll(".", "\\.")}(?![A-Za-z0-9])`, "g");
}
