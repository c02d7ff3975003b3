import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..");
const ROOMS = ["aws", "cli", "components", "engine", "generate", "local", "policy", "records"];

const LONGEST = 300;
const SHORT = 40;

/** Written by `npm run generate`, and as long as what they list. */
const generated = ["components/args.ts"];

/** One file for each member, however small: whoever looks for a member finds its file. */
const sets: Readonly<Record<string, RegExp>> = {
  "feature of a delivery stream": /^aws\/firehose\/features\/\w+\.ts$/u,
  "shapes of a service": /^engine\/provider\/shapes\/\w+\.ts$/u,
  command: /^cli\/[a-z]+\.ts$/u,
  "part of the bill": /^local\/estimate\/items\/\w+\.ts$/u,
  "check of the doctor": /^cli\/doctor\/checks\/\w+\.ts$/u,
  "setting group": /^components\/settings\/groups\/\w+\.ts$/u,
  "entry of a package": /^(?:components|policy)\/index\.ts$/u,
  rule: /^policy\/rules\/[a-z0-9]+\/\w+\.ts$/u,
  "runtime of programs": /^engine\/runner\/runtimes\/\w+\.ts$/u,
  "resource of the component": /^components\/resources\/\w+\.ts$/u,
  "cause of a diagnosis": /^records\/diagnose\/causes\/\w+\.ts$/u,
};

/** Small files with one importer that are no member of a set, and why each stays. */
const exceptions: Readonly<Record<string, string>> = {
  "engine/graph/stableOrder.ts": "an algorithm on the graph, tested alone",
};

interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly importers: readonly string[];
}

describe("the product's source files", () => {
  const files = sourceFiles();

  it("are at most 300 lines long", () => {
    const long = files.filter(({ path, lines }) => lines > LONGEST && !generated.includes(path));
    assert.deepEqual(
      long.map(({ path, lines }) => `${path}: ${lines} lines`),
      [],
    );
  });

  it("are part of their only importer if they have fewer than 40 lines, unless they belong to a set", () => {
    const small = files.filter(({ lines, importers }) => lines < SHORT && importers.length === 1);
    const alone = small.filter(({ path }) => !isMember(path) && !Object.hasOwn(exceptions, path));
    assert.deepEqual(
      alone.map(({ path, importers }) => `${path}: merge it into ${importers.join()}`),
      [],
    );
  });

  it("need each exception that is listed", () => {
    const small = files.filter(({ lines, importers }) => lines < SHORT && importers.length === 1);
    const paths = small.map(({ path }) => path);
    assert.deepEqual(
      Object.keys(exceptions).filter((path) => !paths.includes(path)),
      [],
    );
  });
});

function isMember(path: string): boolean {
  return Object.values(sets).some((set) => set.test(path));
}

function sourceFiles(): readonly SourceFile[] {
  const sources = new Map(
    ["index.ts", ...ROOMS.flatMap((room) => typescriptBelow(room))].map((path) => [
      path,
      readFileSync(join(ROOT, path), "utf8"),
    ]),
  );
  const imports = [...sources].map(([path, text]) => [path, importsOf(path, text)] as const);
  return [...sources].map(([path, text]) => ({
    path,
    lines: text.split("\n").length - 1,
    importers: imports.filter(([, imported]) => imported.has(path)).map(([importer]) => importer),
  }));
}

function typescriptBelow(room: string): readonly string[] {
  return readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/u.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !/^(?:policy|components)\/(?:bin|node_modules)\//u.test(path));
}

/** The files of the project that a file imports, types and lazily loaded modules included. */
function importsOf(path: string, text: string): ReadonlySet<string> {
  const specifiers = [...text.matchAll(/(?:from|import|require)\s*\(?\s*"(\.[^"]*)"/gu)];
  return new Set(
    specifiers.flatMap(([, specifier = ""]) => {
      const { resolvedModule } = ts.resolveModuleName(
        specifier,
        join(ROOT, path),
        { moduleResolution: ts.ModuleResolutionKind.Node10 },
        ts.sys,
      );
      return resolvedModule ? [relative(ROOT, resolvedModule.resolvedFileName)] : [];
    }),
  );
}
