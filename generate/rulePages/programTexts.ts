import { format, resolveConfig } from "prettier";
import type { ExampleProgram } from "./example";
import { pythonProgram } from "./pythonProgram";
import { typescriptProgram } from "./typescriptProgram";
import { yamlProgram } from "./yamlProgram";

/** A program in each language, formatted. */
export interface ProgramTexts {
  readonly typescript: string;
  readonly python: string;
  readonly yaml: string;
}

const written = new WeakMap<ExampleProgram, Promise<ProgramTexts>>();

/** A program appears in its page and in the help of its rule: it is written once. */
export function programTexts(program: ExampleProgram): Promise<ProgramTexts> {
  const texts = written.get(program) ?? write(program);
  written.set(program, texts);
  return texts;
}

async function write(program: ExampleProgram): Promise<ProgramTexts> {
  const options = await resolveConfig("index.ts");
  return {
    typescript: await format(typescriptProgram(program), { ...options, parser: "typescript" }),
    python: pythonProgram(program),
    yaml: yamlProgram(program),
  };
}
