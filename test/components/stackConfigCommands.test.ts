import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { Ajv2020 } from "ajv/dist/2020";
import fc from "fast-check";
import { parse } from "yaml";
import { configCommand } from "../../components/config/configCommand";
import type { Path } from "../../components/settings/problem";
import { pathText } from "../../components/settings/problem";
import { changedAt, valueAt } from "../../components/settings/valueAt";
import { allRules } from "./settings/rules/allRules";
import { arns } from "./settings/rules/rule";
import { nearLimits } from "./settings/support/anyArgs";
import { mergedArgs } from "./settings/support/mergedArgs";
import { validArgs } from "./settings/support/validArgs";
import { loadStack, mockStack, stackYaml } from "./support/loadedStack";
import {
  type ConfigValue,
  inShell,
  parsePath,
  pulumiConfig,
  saved,
  type StackConfigFile,
} from "./support/pulumiCli";

const isValid = new Ajv2020().compile(
  JSON.parse(readFileSync("components/stack.schema.json", "utf8")) as object,
);

const dev = { project: "streamlake", stack: "dev" };
const named = { "streamlake:name": "user-events", "aws:region": "us-east-1" };

type Leaf = readonly [Path, boolean | number | string];

/** Every single value in args, with its place. Commands cannot set an empty group or list. */
function leaves(value: unknown, path: Path = []): Leaf[] {
  if (typeof value !== "object" || value === null)
    return [[path, value as boolean | number | string]];
  return Object.entries(value).flatMap(([key, child]) =>
    leaves(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
const fromLeaves = (all: readonly Leaf[]) =>
  all.reduce<unknown>((args, [path, value]) => changedAt(args, path, value), {}) as object;

/** Strings that YAML, JSON, the CLI or a shell could take for something else. */
const confusable = fc.constantFrom(
  ...["12345", "0", "007", "0123", "089", "-5", "+5", "-0", "-007", "1.10", ".5", "1e3", "0x1F"],
  ...["true", "false", "True", "yes", "no", "null", "", " ", "--path", "-", "=", "/", "@"],
  ...["2026-11-27", "2026-11-27T10:00:00Z", "1_000", "12:30", "9007199254740993"],
  ...["9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616"],
  ...["+9223372036854775808", "-9223372036854775808", "123456789012", "012345678901", "ä b"],
);
const tags = fc.dictionary(
  fc.constantFrom(
    ...["team", "cost-center", "a.b", "a:b", "a b", "token", "Password", "1", "0", "true", "@-+"],
    ...["secure", "constructor", "k".repeat(128), "a/b=c"],
  ),
  confusable,
  { maxKeys: 5, noNullPrototype: true },
);
const accounts = fc
  .constantFrom("123456789012", "012345678901", "000000000000", "001234567012")
  .map((bucketAccountId) => ({ existing: { bucketArn: arns.bucketArn, bucketAccountId } }));
const prefixes = fc
  .constantFrom("2026", "true", "07", "-raw/", "raw data/", "raw'/", "$HOME/`x`/!!")
  .map((prefix) => ({ delivery: { prefix } }));
const legal: fc.Arbitrary<object> = fc.oneof(
  validArgs,
  fc.tuple(validArgs, tags).map(([args, all]) => ({ ...args, tags: all })),
  accounts,
  prefixes,
);

/** The stack file after commands, which a shell reads. */
function after(commands: readonly string[], file: StackConfigFile): StackConfigFile {
  return inShell(commands).reduce((config, words) => pulumiConfig(words, config, dev), file);
}

describe("a command that sets a legal value", () => {
  before(() => mockStack("streamlake", "dev"));

  it("is accepted by the CLI and yields that value, as it is printed", () => {
    fc.assert(
      fc.property(legal, (args) => {
        const all = leaves(args).filter(isSettable);
        const commands = all.map(([path, value]) => {
          const command = configCommand({ path, value }, { stack: "dev", keyPrefix: "" });
          assert.ok(command, pathText(path));
          return command;
        });
        const file = after(commands, named);
        const { config } = parse(stackYaml(file)) as { readonly config: object };
        assert.ok(isValid({ config }), JSON.stringify(isValid.errors));
        assert.deepEqual(loadStack(stackYaml(file)), {
          name: "user-events",
          args: fromLeaves(all),
        });
      }),
      { numRuns: 50 },
    );
  });

  it("is accepted as README describes it, unless the CLI changes the value", () => {
    fc.assert(
      fc.property(legal, (args) => {
        const all = leaves(args).filter((leaf) => isSettable(leaf) && isKeptByCli(...leaf));
        const file = all.reduce<StackConfigFile>((config, [path, value]) => {
          const key = pathText(path);
          const words = ["config", "set", "--path", key, String(value), "--stack", "dev"];
          return pulumiConfig(words, config, dev);
        }, named);
        assert.deepEqual(loadStack(stackYaml(file)), {
          name: "user-events",
          args: fromLeaves(all),
        });
      }),
      { numRuns: 50 },
    );
  });

  it("sets any legal name, whatever it looks like", () => {
    for (const name of ["user-events", "true", "null", "ab"]) {
      const command = configCommand(
        { path: ["name"], value: name },
        { stack: "dev", keyPrefix: "" },
      );
      const file = after([command ?? ""], { "aws:region": "us-east-1" });
      assert.equal(loadStack(stackYaml(file)).name, name);
    }
  });

  it("does not exist for a name or value that ends in a line break, which a shell drops", () => {
    const context = { stack: "dev", keyPrefix: "" };
    const splitRecords = ["partitioning", "splitRecords"];
    assert.equal(configCommand({ path: splitRecords, value: "\n" }, context), undefined);
    assert.equal(configCommand({ path: splitRecords, value: "\r\n" }, context), undefined);
    assert.equal(configCommand({ path: ["strem\n"] }, context), undefined);
    const [words = []] = inShell([
      configCommand({ path: splitRecords, value: "\n|" }, context) ?? "",
    ]);
    assert.equal(words.at(-3), "\n|");
  });

  it("names the namespace in a project of another name", () => {
    const context = { stack: "prod", keyPrefix: "streamlake:" };
    const place = { path: ["tags", "a.b"], value: "it's" };
    const [words = []] = inShell([configCommand(place, context) ?? ""]);
    const shop = { project: "shop", stack: "prod" };
    assert.deepEqual(pulumiConfig(words, {}, shop), { "streamlake:tags": { "a.b": "it's" } });
  });

  it("can name any key that the CLI can, and no other", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 8 }), (key) => {
        fc.pre(!key.includes("\0") && isWellFormed(key));
        const command = configCommand({ path: ["tags", key] }, { stack: "dev", keyPrefix: "" });
        const isNameable = !(key.endsWith("\\") && /[.[]/.test(key));
        assert.equal(command !== undefined, isNameable);
        if (command === undefined) return;
        assert.doesNotMatch(command, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        const tagged = { "streamlake:tags": { [key]: "x", other: "y" } };
        const expected = key === "other" ? {} : { other: "y" };
        assert.deepEqual(after([command], tagged), { "streamlake:tags": expected });
      }),
      { numRuns: 100 },
    );
  });
});

const isWellFormed = (text: string) => Buffer.from(text, "utf8").toString("utf8") === text;

/**
 * The CLI reserves a map with nothing but a `secure`. A long tag for a token needs an option twice. A shell
 * drops a line break at the end.
 */
function isSettable([[group, key], value]: Leaf): boolean {
  const isReserved =
    group === "tags" && (key === "secure" || key === "token" || key === "Password");
  return !isReserved && !String(value).endsWith("\n");
}

/** What README says: signs before numbers, very long numbers, and a hyphen at the start. */
function isKeptByCli(path: Path, value: unknown): boolean {
  const text = String(value);
  return !/^[-+]\d+$|^-|^\d{19,}$/.test(text) && /^[\w@/=+ .:-]+$/.test(String(path.at(-1)));
}

const rejected = Object.values(allRules)
  .flat()
  .flatMap((rule) => rule.rejected.map(({ args }) => args))
  .filter((args) => isPlain(args));

function isPlain(value: unknown): boolean {
  if (typeof value !== "object") return ["string", "number", "boolean"].includes(typeof value);
  if (value === null) return true;
  const isOrdinary = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isOrdinary && Object.values(value).every(isPlain);
}

/** A wrong value at any place: of another type, or from another setting. */
const wrongValue = fc.oneof(
  confusable,
  fc.constantFrom<unknown>(null, 1.1, -1, 5e8, true, [], {}, ["x"], { x: "y" }, "arn:x", "a\nb"),
  fc.constantFrom(
    "arn:aws-cn:s3:::lake",
    "arn:aws:kms:eu-west-1:123456789012:key/a",
    "x".repeat(300),
  ),
);
const misplaced = fc.tuple(validArgs, fc.nat(), wrongValue).map(([args, index, value]) => {
  const places = allPlaces(args);
  return changedAt(args, places[index % Math.max(places.length, 1)] ?? ["tags", "x"], value);
});

function allPlaces(value: unknown, path: Path = []): Path[] {
  const inside =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, child]) =>
          allPlaces(child, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return path.length > 0 ? [path, ...inside] : inside;
}

const faulty = fc
  .array(fc.oneof(nearLimits, fc.constantFrom(...rejected), misplaced), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) => all.reduce<unknown>(mergedArgs, {}) as Readonly<Record<string, ConfigValue>>);

const settings = fc.record({
  "streamlake:name": fc.constantFrom("user-events", "user-events", "User Events", "7"),
  "aws:region": fc.constantFrom("us-east-1", "us-east-1", "eu-west-1", "us-est-1"),
});

/** The key that a command changes. */
function keyOf(words: readonly string[]): string {
  const isOption = (word: string, index: number) =>
    word.startsWith("--") || ["--stack", "--type"].includes(words[index - 1] ?? "");
  const key = words.slice(2).find((word, index) => !isOption(word, index + 2)) ?? "";
  return words.includes("--path") ? pathText(parsePath(key)) : pathText([key]);
}

interface Printed {
  /** Place and reason. */
  readonly problem: string;
  readonly fix: string;
}

/** The problems that a stack's error lists. */
function problemsOf(file: StackConfigFile): readonly Printed[] {
  try {
    loadStack(stackYaml(file));
    return [];
  } catch (error) {
    const lines = (error as Error).message.split("\n").slice(2);
    assert.equal(lines.length % 3, 0, (error as Error).message);
    return lines.flatMap((line, index) =>
      index % 3 === 0
        ? [{ problem: line.trim(), fix: (lines[index + 2] ?? "").replace("    fix:     ", "") }]
        : [],
    );
  }
}

describe("a fix that is printed", () => {
  before(() => mockStack("streamlake", "dev"));

  function assertFixesWork(file: StackConfigFile): number {
    const problems = problemsOf(file);
    // One shell reads all of them.
    inShell(problems.map(({ fix }) => fix));
    for (const { problem, fix } of problems) {
      assert.match(fix, /^pulumi config /, problem);
      for (const command of fix.split(" && ")) assert.match(command, / --stack dev\b/);
      const fixed = after([fix], file);
      const left = problemsOf(fixed);
      const isGone = !left.some((other) => other.problem === problem);
      assert.ok(isGone || left.length < problems.length, `${problem}\n${fix}\n${stackYaml(file)}`);
      assertRestIsKept({ problem, fix }, file, fixed);
    }
    return problems.length;
  }

  /** Only the place of the problem changes: the rest of its group, and of the file, stays. */
  function assertRestIsKept(
    { problem, fix }: Printed,
    before: StackConfigFile,
    now: StackConfigFile,
  ): void {
    const places = inShell([fix]).map((words) => keyOf(words));
    for (const place of places)
      assert.ok(
        problem.startsWith(place) ||
          place.startsWith(problem.split(" ")[0] ?? "") ||
          place === "aws:region",
        `${problem}: ${fix}`,
      );
    // Behind a removed item, the others move up.
    const touched = places.map((place) => place.replace(/\[\d+\]$/, ""));
    const savedNow = saved(now);
    for (const [path, value] of leaves(saved(before))) {
      const [first = "", ...rest] = path;
      const place = pathText([String(first).replace(/^streamlake:/, ""), ...rest]);
      if (touched.some((each) => place.startsWith(each))) continue;
      assert.equal(inspect(valueAt(savedNow, path)), inspect(value), `${fix} changes ${place}`);
    }
  }

  it("names the stack, can be pasted, and removes the problem", () => {
    let count = 0;
    for (const args of rejected) {
      const groups = Object.entries(args as Readonly<Record<string, ConfigValue>>);
      const file = Object.fromEntries(groups.map(([key, value]) => [`streamlake:${key}`, value]));
      count += assertFixesWork({ ...named, ...file });
    }
    assert.ok(count > 150, `${count} fixes`);
  });

  it("works whatever else is wrong", () => {
    fc.assert(
      fc.property(settings, faulty, (start, args) => {
        const groups = Object.entries(args).map(([key, value]) => [`streamlake:${key}`, value]);
        assertFixesWork({ ...start, ...(Object.fromEntries(groups) as StackConfigFile) });
      }),
      { numRuns: 50 },
    );
  });

  it("leads to a stack without problems if fixes are run until none is left", () => {
    fc.assert(
      fc.property(settings, faulty, (start, args) => {
        const groups = Object.entries(args).map(([key, value]) => [`streamlake:${key}`, value]);
        let file: StackConfigFile = {
          ...start,
          ...(Object.fromEntries(groups) as StackConfigFile),
        };
        for (let runs = 0; runs < 60; runs++) {
          const [first] = problemsOf(file);
          if (first === undefined) return;
          file = after([first.fix], file);
        }
        assert.deepEqual(problemsOf(file), []);
      }),
      { numRuns: 30 },
    );
  });
});
