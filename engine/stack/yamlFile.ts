import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isMap, parseDocument, type YAMLMap } from "yaml";

/**
 * Reads a YAML file whose top level is a mapping.
 *
 * @throws Error with the file, and with line and column if it does not parse
 */
export function readYamlMapping(path: string): YAMLMap {
  const document = parseDocument(readFileSync(path, "utf8"), { merge: true });
  const [error] = document.errors;
  if (error !== undefined)
    throw new Error(`${basename(path)} is not valid YAML: ${error.message.trimEnd()}`);
  // As in Pulumi, an empty file is an empty mapping.
  const contents = document.contents ?? document.createNode({});
  if (!isMap(contents)) throw new Error(`${basename(path)} must be a mapping (key: value).`);
  return contents;
}
