import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isMap, isScalar, LineCounter, parseAllDocuments } from "yaml";
import { pulumiYaml, type ReadAs } from "./pulumiYaml";

/** Aliases of one file. The library counts what they expand to, against files that exhaust memory. */
const MAX_ALIASES = 100_000;

/**
 * Reads a YAML file whose top level is a mapping, as the Pulumi CLI reads it.
 *
 * @param surprising receives scalars that mean something else than one expects
 * @throws Error with the file, and with line and column if it does not parse
 */
export function readYamlMapping(
  path: string,
  surprising?: (scalar: ReadAs) => void,
): Readonly<Record<string, unknown>> {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { ...pulumiYaml(surprising), lineCounter });
  const [document] = "empty" in documents ? [] : documents;
  const [error] = document?.errors ?? [];
  if (error !== undefined)
    throw new Error(`${basename(path)} is not valid YAML: ${error.message.trimEnd()}`);
  // As in Pulumi, an empty file is an empty mapping.
  const contents = document?.contents ?? null;
  if (
    document === undefined ||
    contents === null ||
    (isScalar(contents) && contents.value === null)
  )
    return {};
  if (!isMap(contents)) throw new Error(`${basename(path)} must be a mapping (key: value).`);
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new Error(`${basename(path)} is not valid YAML: ${(cause as Error).message}`, { cause });
  }
}
