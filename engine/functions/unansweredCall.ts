import { stringify } from "yaml";
import type { Properties } from "../graph/resourceGraph";
import { ANSWERS_FILE } from "../stack/answersFile";

/** A call that only the cloud can answer. */
export interface UnansweredCall {
  readonly token: string;
  /** Without secrets. */
  readonly arguments: Properties;
}

/** For a project without the file, so that editors complete and check it. */
const HEADER = "# yaml-language-server: $schema=./node_modules/@streamlake/cli/answers.schema.json";

/** More names than this do not help. */
const NAMES = 12;
/** Properties that programs read most. */
const USUAL = ["id", "arn", "name"];

/**
 * Entries for the list `functions`, each valid as it is and with a place for the values.
 *
 * @param properties names of the properties of a function's result; empty if they are not known
 */
export function entriesFor(
  calls: readonly UnansweredCall[],
  properties: (token: string) => readonly string[],
): string {
  return ["functions:", ...calls.map((call) => entryFor(call, properties(call.token)))].join("\n");
}

function entryFor({ token, arguments: args }: UnansweredCall, names: readonly string[]): string {
  const entry = { token, ...(Object.keys(args).length > 0 && { arguments: args }), result: {} };
  const text = stringify([entry]).trimEnd().replaceAll(/^/gm, "  ");
  const usualFirst = [...names].sort((a, b) => rank(a) - rank(b));
  const shown = usualFirst.slice(0, NAMES).join(", ") + (names.length > NAMES ? ", ..." : "");
  return names.length === 0
    ? `${text} # the properties that the program reads, e.g. { id: VALUE }`
    : `${text} # the properties that the program reads, of ${shown}`;
}

function rank(name: string): number {
  const index = USUAL.indexOf(name);
  return index === -1 ? USUAL.length : index;
}

/** @param hasFunctions whether the answers file has a list already */
export function unansweredError(call: UnansweredCall, hasFunctions: boolean): Error {
  const what =
    `The program calls the function ${call.token}, which queries the cloud; its result is unknown ` +
    "offline, and so are the names of its properties. ";
  const entry = entryFor(call, []);
  return new Error(
    hasFunctions
      ? `${what}Add this entry to the list functions of ${ANSWERS_FILE}:\n\n${entry}\n`
      : `${what}Answer it in ${ANSWERS_FILE}, next to Pulumi.yaml:\n\n${HEADER}\nfunctions:\n${entry}\n`,
  );
}
