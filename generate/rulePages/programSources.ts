import { format, resolveConfig } from "prettier";
import { stringify } from "yaml";
import type { ExampleProgram } from "./exampleProgram";
import { pythonProgram } from "./pythonProgram";
import { typescriptProgram } from "./typescriptProgram";

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

/** The program in YAML: a complete Pulumi.yaml. */
export function yamlProgram(program: ExampleProgram): string {
  const resources = Object.fromEntries(
    Object.entries(program).map(([name, { type, properties, options }]) => [
      name,
      {
        type,
        ...(Object.keys(properties).length > 0 && { properties }),
        ...(options && { options }),
      },
    ]),
  );
  return stringify({ name: "lake", runtime: "yaml", resources }, { lineWidth: 0 });
}
