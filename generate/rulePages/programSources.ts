import { format, resolveConfig } from "prettier";
import type { ExampleProgram } from "./exampleProgram";
import { pythonProgram } from "./pythonProgram";
import { typescriptProgram } from "./typescriptProgram";
import { yamlProgram } from "./yamlProgram";

/** A program in each language, formatted. */
export interface ProgramSources {
  readonly typescript: string;
  readonly python: string;
  readonly yaml: string;
}

const written = new WeakMap<ExampleProgram, Promise<ProgramSources>>();

/** A program appears in its page and in the help of its rule: it is written once. */
export function programSources(program: ExampleProgram): Promise<ProgramSources> {
  const sources = written.get(program) ?? write(program);
  written.set(program, sources);
  return sources;
}

async function write(program: ExampleProgram): Promise<ProgramSources> {
  const options = await resolveConfig("index.ts");
  return {
    typescript: await format(typescriptProgram(program), { ...options, parser: "typescript" }),
    python: pythonProgram(program),
    yaml: yamlProgram(program),
  };
}
