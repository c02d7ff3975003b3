import { isDeepStrictEqual } from "node:util";
import {
  type GraphNote,
  mapValues,
  type NoteKind,
  type Properties,
  type PropertyValue,
  revealed,
  Secret,
  Unknown,
  valuesIn,
} from "../graph/resourceGraph";
import { type AwsScope, stackScope } from "../provider/awsScope";
import { ANSWERS_FILE, type Answers, type GivenAnswer, HIDDEN } from "../stack/answersFile";
import { availabilityZones } from "./availabilityZones";
import { callContext, UnknownPlace } from "./callContext";
import type { OfflineFunction, OfflineFunctions } from "./functionCall";
import { kubernetesFunctions } from "./kubernetesFunctions";
import { lookups } from "./lookups";
import { getPolicyDocument } from "./policyDocument/getPolicyDocument";
import { runFunctions } from "./runFunctions";
import { entriesFor, type UnansweredCall, unansweredError } from "./unansweredCall";
import { UnknownResults } from "./unknownResult";

export interface AnswerSources {
  /** Where the default provider of the stack creates resources. */
  readonly scope: AwsScope;
  readonly given: Answers;
  /** Where the program resolves its packages. */
  readonly directory: string;
}

/** A call of a provider function. */
export interface ProgramCall {
  readonly token: string;
  readonly arguments: Properties;
  /** Inputs of the explicit provider of the call, if any. */
  readonly providerInputs?: Properties;
  /**
   * Whether the program can have unknown values in a plain result. Python rejects them, and Go turns
   * them into empty strings.
   */
  readonly unknowns: boolean;
}

export const STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference";

/** By token: the functions of which more is known than the types of their results. */
const offlineFunctions: OfflineFunctions = {
  ...runFunctions,
  ...availabilityZones,
  ...lookups,
  ...kubernetesFunctions,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
};

/** A template string that contains an unknown value, in a program that does not use outputs. */
const UNKNOWN_IN_TEXT = "[object Object]";

/**
 * Answers what a program asks the cloud: from the answers file, from the arguments and the run, or
 * with unknown values.
 */
export class OfflineAnswers {
  readonly #sources: AnswerSources;
  readonly #unknownResults: UnknownResults;
  readonly #notes = new Map<string, GraphNote>();
  readonly #madeUp = new Set<string>();
  readonly #used = new Set<string>();
  readonly #unanswered = new Map<string, UnansweredCall>();

  /** Without an answers file, config and installed packages, in us-east-1. */
  static withoutFile(): OfflineAnswers {
    const given: Answers = { functions: [], stackReferences: new Map(), hasFunctions: false };
    return new OfflineAnswers({ scope: stackScope("us-east-1", {}), given, directory: "/" });
  }

  constructor(sources: AnswerSources) {
    this.#sources = sources;
    this.#unknownResults = new UnknownResults(sources.directory);
  }

  /** Strings that exist only because programs break without a value. Nothing may be decided on them. */
  get madeUp(): readonly string[] {
    return [...this.#madeUp].sort();
  }

  /** What was assumed, and which answers were not used, in the order of their subjects. */
  notes(): readonly GraphNote[] {
    const { functions, stackReferences } = this.#sources.given;
    const entries = [
      ...functions.map(({ token, place }) => ({ subject: token, place })),
      ...[...stackReferences].map(([subject, { place }]) => ({ subject, place })),
    ];
    const unused = entries
      .filter(({ place }) => !this.#used.has(place))
      .map(({ subject, place }): GraphNote => ({
        ...{ kind: "unused answer", subject },
        message: `The program does not use the answer in ${place}. Remove it, or correct its token, arguments or name.`,
      }));
    const keyOf = ({ subject, message }: GraphNote): string => `${subject} ${message}`;
    return [...this.#notes.values(), ...unused].sort((one, other) =>
      keyOf(one) < keyOf(other) ? -1 : 1,
    );
  }

  /**
   * The result of a function of a provider.
   *
   * @throws Error that explains how to give an answer, or why the provider would reject the call
   */
  call(call: ProgramCall): Properties {
    const plain: ProgramCall = { ...call, arguments: revealed(call.arguments) as Properties };
    const found = this.#given(plain) ?? this.#known(plain) ?? this.#unknown(plain);
    if (found === undefined) throw unansweredError(plain, this.#sources.given.hasFunctions);
    const result = call.unknowns ? found : this.#withoutUnknowns(found);
    if (contains(result, Unknown)) this.#madeUp.add(UNKNOWN_IN_TEXT);
    // Whatever a secret takes part in is a secret.
    return contains(call.arguments, Secret) ? mapValues(result, secretOf) : result;
  }

  /**
   * The properties of a reference to another stack, in the form of the real engine. With unknown
   * outputs, `getOutput` and `requireOutput` return unknown values and do not throw.
   *
   * @param name of the other stack; undefined if it is unknown
   */
  stackReference(name: string | undefined): Properties {
    const found = name === undefined ? undefined : this.#sources.given.stackReferences.get(name);
    if (found === undefined) {
      this.#note(
        name ?? STACK_REFERENCE_TYPE,
        `The outputs of this stack are unknown. To give them, add to ${ANSWERS_FILE}: ` +
          `stackReferences: { ${name ?? "NAME"}: { outputs: {} } }, or { export: FILE } with a file of pulumi stack export.`,
      );
      return { outputs: new Unknown(), secretOutputNames: new Unknown() };
    }
    this.#used.add(found.place);
    const { outputs } = found;
    if ([...valuesIn(outputs)].includes(HIDDEN)) this.#madeUp.add(HIDDEN);
    const secretOutputNames = Object.keys(outputs).filter((output) =>
      contains(outputs[output] ?? null, Secret),
    );
    return { outputs, secretOutputNames };
  }

  /** What to do if the program fails because of an unknown answer; undefined if it got none. */
  advice(): string | undefined {
    const calls = [...this.#unanswered.values()];
    if (calls.length === 0) return undefined;
    const properties = (token: string): readonly string[] => {
      const declared = this.#unknownResults.of(token);
      return declared ? Object.keys(declared) : (offlineFunctions[token]?.outputs ?? []);
    };
    return (
      "The program got unknown values from functions that query the cloud. If it fails because of " +
      `them, answer the functions in ${ANSWERS_FILE}, next to Pulumi.yaml. For a lookup that finds ` +
      `nothing, specify error: MESSAGE instead of result.\n\n${entriesFor(calls, properties)}`
    );
  }

  #given(call: ProgramCall): Properties | undefined {
    const { token, arguments: args } = call;
    const given = this.#sources.given.functions.find(
      (answer) => answer.token === token && fits(answer, args),
    );
    if (given === undefined) return undefined;
    this.#used.add(given.place);
    if (given.error !== undefined) throw new Error(`${token}: ${given.error}`);
    const rest = this.#unknownResult(call) ?? {};
    return withSecrets(token, { ...rest, ...echoed(rest, args), ...given.result });
  }

  #known(call: ProgramCall): Properties | undefined {
    const { token, arguments: args, providerInputs } = call;
    const known = offlineFunctions[token];
    if (known === undefined) return undefined;
    const rest = this.#unknownResult(call) ?? {};
    if (contains(args, Unknown)) return withSecrets(token, rest);
    const context = callContext(args, this.#sources.scope, providerInputs);
    let answer: Properties;
    try {
      answer = known.answer(args, context);
    } catch (error) {
      if (error instanceof UnknownPlace) return withSecrets(token, rest);
      throw new Error(`${token}: ${(error as Error).message}`, { cause: error });
    }
    const made = this.#makeUp(call, known, answer);
    if (known.isLookup === true) this.#lookUp(call, made);
    return withSecrets(token, { ...rest, ...echoed(rest, args), ...answer });
  }

  #unknown(call: ProgramCall): Properties | undefined {
    const rest = this.#unknownResult(call);
    if (rest === undefined) return undefined;
    this.#lookUp(call, false);
    return { ...rest, ...echoed(rest, call.arguments) };
  }

  /** Types of packages are installed for programs in Node.js only. */
  #unknownResult({ token, unknowns }: ProgramCall): Properties | undefined {
    const known = offlineFunctions[token];
    const declared = known === undefined || known.isLookup === true;
    const result = unknowns && declared ? this.#unknownResults.of(token) : undefined;
    return result ?? (known && unknownOutputs(known));
  }

  /** An unknown value of a result becomes a string that says so, on which nothing is decided. */
  #withoutUnknowns(result: Properties): Properties {
    return mapValues(result, (value, name) => {
      if (!contains(value, Unknown)) return value;
      const text = `[unknown ${name}]`;
      this.#madeUp.add(text);
      return value instanceof Secret ? new Secret(text) : text;
    });
  }

  /** @returns whether something is made up */
  #makeUp({ token, arguments: args }: ProgramCall, known: OfflineFunction, answer: Properties) {
    const given = [...valuesIn(args)];
    const made = (known.madeUp ?? []).flatMap((name) => {
      const texts = [...valuesIn(answer[name] ?? null)]
        .filter((part) => typeof part === "string")
        .filter((text) => !given.includes(text));
      for (const text of texts)
        // A made-up parameter is JSON, of which programs use one value.
        for (const part of [text, ...(text.match(/\bami-[0-9a-f]{17}\b/g) ?? [])])
          this.#madeUp.add(part);
      return texts.length === 0 ? [] : [`${name} (${texts.join(", ")})`];
    });
    if (made.length === 0) return false;
    this.#note(
      token,
      `Made up, because programs need a value: ${made.join("; ")}. Rules do not decide on what contains it.`,
    );
    return true;
  }

  #lookUp({ token, arguments: args }: ProgramCall, noted: boolean): void {
    this.#unanswered.set(JSON.stringify([token, args]), { token, arguments: args });
    if (noted) return;
    const lacks = offlineFunctions[token]?.lacks;
    if (lacks !== undefined) this.#note(token, lacks, "not evaluated");
    else
      this.#note(
        token,
        "The result is unknown. The program continues as if something was found, and as if each list had three entries.",
      );
  }

  #note(subject: string, message: string, kind: NoteKind = "assumed"): void {
    this.#notes.set(`${subject} ${message}`, { kind, subject, message });
  }
}

/** Whether the call has all arguments of the answer, and the same values. */
function fits({ arguments: wanted }: GivenAnswer, args: Properties): boolean {
  return Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(args[name], value));
}

/** A result repeats the arguments of its call. */
function echoed(result: Properties, args: Properties): Properties {
  return Object.fromEntries(Object.entries(args).filter(([name]) => name in result));
}

function contains(value: PropertyValue, kind: typeof Unknown | typeof Secret): boolean {
  for (const part of valuesIn(value)) if (part instanceof kind) return true;
  return false;
}

function unknownOutputs({ outputs }: OfflineFunction): Properties {
  return Object.fromEntries(outputs.map((name) => [name, new Unknown()]));
}

function withSecrets(token: string, result: Properties): Properties {
  const secret = offlineFunctions[token]?.secret ?? [];
  return mapValues(result, (value, name) => (secret.includes(name) ? secretOf(value) : value));
}

function secretOf(value: PropertyValue): PropertyValue {
  return value instanceof Secret ? value : new Secret(value);
}
