import { readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "../../..");

export interface PackedImport {
  /** The file with the import, from the directory of the package. */
  readonly file: string;
  /** The module as the file names it. */
  readonly name: string;
  /** The file of the package that a relative name means, or would mean if it existed. */
  readonly target?: string;
}

/**
 * Everything that the files of a package import: modules, types, and files that are only resolved. The
 * template of the command is another project.
 */
export function packedImports(
  directory: string,
  files: readonly string[],
): readonly PackedImport[] {
  return files
    .filter((file) => /\.(?:[cm]?js|ts)$/u.test(file) && !file.startsWith("template/"))
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, directory, file), "utf8");
      const { importedFiles } = ts.preProcessFile(text, true, true);
      const resolved = [...text.matchAll(/\b(?:fileOf|resolve\)?)\("([^"./][^"]*)"\)/gu)];
      const names = [
        ...importedFiles.map(({ fileName }) => fileName),
        ...resolved.map(([, name = ""]) => name),
      ];
      return names.map((name) => ({ file, name, ...targetOf(file, name, files) }));
    });
}

function targetOf(file: string, name: string, files: readonly string[]) {
  if (!name.startsWith(".")) return {};
  const path = posix.join(posix.dirname(file), name);
  const candidates = [path, `${path}.js`, `${path}.ts`, `${path}.d.ts`];
  candidates.push(
    ...["js", "ts", "d.ts"].map((extension) => posix.join(path, `index.${extension}`)),
  );
  return { target: candidates.find((candidate) => files.includes(candidate)) ?? path };
}

/** `@js-joda/core` for `@js-joda/core/dist/js-joda.js`. */
export function packageNameOf(module: string): string {
  return module.split("/", module.startsWith("@") ? 2 : 1).join("/");
}
