import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { mapValues, type Properties, Secret, Unknown, valuesIn } from "../graph/resourceGraph";
import { readTextFile } from "../textFile";
import type { AnswersContent, checkAnswers } from "./answersSchema";
import { readStackExport } from "./stackExport";

/** The answers that a project gives for what cannot be asked offline. */
export interface Answers {
  /** In the order in which they are tried. */
  readonly functions: readonly GivenAnswer[];
  /** By the name that the program references, e.g. `acme/network/prod`. */
  readonly stackReferences: ReadonlyMap<string, GivenOutputs>;
  /** Whether the project's file has a list of functions, to which another can be added. */
  readonly hasFunctions: boolean;
}

export interface GivenAnswer {
  readonly token: string;
  readonly arguments: Properties;
  readonly result: Properties;
  /** What the call is rejected with, instead of a result. */
  readonly error?: string;
  /** Where the entry is, e.g. `streamlake.answers.yaml:3`. */
  readonly place: string;
}

interface GivenOutputs {
  readonly outputs: Properties;
  readonly place: string;
}

export const ANSWERS_FILE = "streamlake.answers.yaml";

/**
 * Reads `streamlake.answers.yaml` of a project, and before it the answers of the stack alone,
 * `streamlake.answers.<stack>.yaml`. Both are optional.
 *
 * @throws Error with all problems of a file, or of a stack export that it names
 */
export function readAnswers(directory: string, stack: string): Answers {
  const files = [`streamlake.answers.${stack}.yaml`, ANSWERS_FILE]
    .map((name) => join(directory, name))
    .filter((path) => existsSync(path))
    .map(readAnswersFile);
  return {
    functions: files.flatMap(({ functions }) => functions),
    // The stack's own file comes last here, because a map keeps the last value.
    stackReferences: new Map([...files].reverse().flatMap((file) => [...file.stackReferences])),
    hasFunctions: files.at(-1)?.hasFunctions === true && existsSync(join(directory, ANSWERS_FILE)),
  };
}

function readAnswersFile(path: string): Answers {
  const lines = new LineCounter();
  const document = parseDocument(readTextFile(path), { lineCounter: lines, merge: true });
  const [mistake] = document.errors;
  const file = basename(path);
  if (mistake !== undefined)
    throw new Error(`${file} is not valid YAML: ${mistake.message.trimEnd()}`);
  const placeOf: PlaceOf = (keys) => {
    for (let length = keys.length; length > 0; length--) {
      const node = document.getIn(keys.slice(0, length), true) as YamlNode | undefined;
      if (node?.range) return `${file}:${lines.linePos(node.range[0]).line}`;
    }
    return file;
  };
  const { functions, stackReferences = {} } = checked(document.toJS() ?? {}, placeOf);
  return {
    hasFunctions: functions !== undefined,
    functions: (functions ?? []).map(
      ({ token, arguments: args = {}, result = {}, error }, index) => ({
        ...{ token, arguments: args as Properties, result: result as Properties },
        ...(error !== undefined && { error }),
        place: placeOf(["functions", index]),
      }),
    ),
    stackReferences: new Map(
      Object.entries(stackReferences).map(([name, { outputs, export: exported }]) => [
        name,
        {
          outputs:
            exported === undefined
              ? (outputs as Properties)
              : exportedOutputs(resolve(dirname(path), exported)),
          place: placeOf(["stackReferences", name]),
        },
      ]),
    ),
  };
}

/**
 * Takes the place of an encrypted secret. With an unknown value, the SDK would take all outputs of the
 * stack for unknown.
 */
export const HIDDEN = "[secret]";

function exportedOutputs(path: string): Properties {
  return mapValues(readStackExport(path).outputs, (value) =>
    [...valuesIn(value)].some((part) => part instanceof Unknown) ? new Secret(HIDDEN) : value,
  );
}

interface YamlNode {
  readonly range?: readonly [number, number, number] | null;
}

/** Loads the schema only for a project that has the file, because its library takes long to load. */
function checked(content: unknown, placeOf: PlaceOf): AnswersContent {
  const { checkAnswers: check } = module.require("./answersSchema") as Schema;
  const result = check(content);
  if (!("length" in result)) return result;
  throw new Error(result.map(({ path, message }) => `${placeOf(path)}: ${message}`).join("\n"));
}

interface Schema {
  readonly checkAnswers: typeof checkAnswers;
}

type PlaceOf = (path: readonly PropertyKey[]) => string;
