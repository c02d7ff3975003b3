import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import ts from "typescript";
import { packRules } from "../../../policy/pack";
import type { Rule } from "../../../policy/rule/rule";
import { type Evaluation, evaluatePolicies } from "../../../policy/testing";
import { mockState } from "../../support/mockState";
import { record } from "../../support/record";

const importing = createRequire(__filename);

/** A program in TypeScript, as Node.js runs it. */
export function javascriptOf(text: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** Runs the text of a program in TypeScript, with modules of this repository. */
function runProgram(text: string): void {
  const wrapped: unknown = runInThisContext(
    `(function (require, exports) {${javascriptOf(text)}\n})`,
  );
  (wrapped as (require: NodeJS.Require, exports: object) => void)(importing, {});
}

/**
 * Evaluates a program in TypeScript in an update, with the outputs of AWS.
 *
 * @param only names of the rules to evaluate. Default: every rule of the pack
 * @param config settings of rules by name
 */
export async function evaluateProgram(
  text: string,
  config: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  only?: readonly string[],
): Promise<Evaluation> {
  const { resources } = await record(() => {
    runProgram(text);
  });
  const evaluated = resources.map(({ inputs, ...resource }) => ({
    ...resource,
    props: mockState({ ...resource, inputs, preview: false }).state,
  }));
  const policies = packRules()
    .filter(({ name }) => only?.includes(name) ?? true)
    .map((rule) => (config[rule.name] ? enabled(rule) : rule));
  return evaluatePolicies(policies, evaluated, { config });
}

/** A rule that is disabled by default has no results. */
function enabled(rule: Rule): Rule {
  return rule.enforcementLevel === "disabled" ? { ...rule, enforcementLevel: "mandatory" } : rule;
}
