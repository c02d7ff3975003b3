import { stringify } from "yaml";
import type { ExampleProgram } from "./exampleProgram";

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
