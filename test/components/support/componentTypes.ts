import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";

const RESOURCES = "components/resources";

/** The tokens of the types whose constructors the component calls. */
export function componentTypes(): readonly string[] {
  const sources = readdirSync(RESOURCES).map((file) => readFileSync(join(RESOURCES, file), "utf8"));
  const constructors = sources.flatMap((text) => [...text.matchAll(/new (\w+)\.([A-Z]\w+)\(/gu)]);
  const modules = aws as unknown as Record<string, Record<string, { __pulumiType?: string }>>;
  const types = constructors.map(([, module = "", name = ""]) => modules[module]?.[name]);
  return [...new Set(types.flatMap((type) => type?.__pulumiType ?? []))].sort();
}
