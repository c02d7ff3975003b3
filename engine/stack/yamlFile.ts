import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isMap, parseDocument, type YAMLMap } from "yaml";

/**
 * Reads a YAML file whose top level is a mapping.
 *
 * @throws Error that names the file, and the line and column that do not parse.
 */
export function readYamlMapping(path: string): YAMLMap {
  const document = parseDocument(readFileSync(path, "utf8"), { merge: true });
  const [error] = document.errors;
  if (error !== undefined)
    throw new Error(`${basename(path)} is not valid YAML: ${error.message.trimEnd()}`);
  // An empty file is an empty mapping to Pulumi too.
  const contents = document.contents ?? document.createNode({});
  if (!isMap(contents))
    throw new Error(`${basename(path)} must be a mapping (key: value), and is something else.`);
  return contents;
}
