import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PackageDeclarations, type PropertyTypes } from "../../engine/packageDeclarations";
import type { Fields, Twin } from "../../policy/native/fields";
import { twins } from "../../policy/native/twins";
import { everything } from "./support/everyInstallation";
import { succeed } from "./support/run";

// The package takes 200 MB: it is installed only where everything is.
const describeNames = everything ? describe : describe.skip;
const title = `the names of properties of aws-native${everything ? "" : " (skipped: set STREAMLAKE_INSTALL_TESTS=all)"}`;

describeNames(title, () => {
  let directory: string;
  let declarations: PackageDeclarations;
  before(async () => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), "streamlake-native-")));
    writeFileSync(join(directory, "package.json"), '{ "name": "native", "private": true }');
    const install = ["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
    await succeed(directory, "npm", [...install, "--legacy-peer-deps", "@pulumi/aws-native"]);
    const found = PackageDeclarations.find("aws-native", directory);
    assert.ok(found);
    declarations = found;
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  for (const [type, ofType] of Object.entries(twins))
    it(`are those of ${type} in the installed package`, () => {
      const inputs = declarations.inputsOf(type);
      assert.ok(inputs, "the package does not declare the type");
      const names = new Map([...outputsOf(type), ...inputs]);
      assert.deepEqual(
        ofType.flatMap((twin) => missing(fieldsOf(twin), names, type)),
        [],
      );
    });

  /** The properties of a resource that are not inputs, such as its ARN. */
  function outputsOf(type: string): PropertyTypes {
    const [, module = "", name = ""] = type.split(":");
    const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`;
    const path = join(directory, "node_modules/@pulumi/aws-native", module, file);
    const found = readFileSync(path, "utf8").matchAll(/^ {4}readonly (\w+): pulumi\.Output/gm);
    return new Map([...found].map(([, property = ""]) => [property, ""]));
  }

  /** The paths that lead to no property. */
  function missing(fields: Fields, holder: PropertyTypes, place: string): string[] {
    return Object.values(fields).flatMap((field) => {
      const from = typeof field === "string" ? field : field.from;
      let inside: PropertyTypes = holder;
      for (const name of from === "" ? [] : from.split(".")) {
        const found = inside.get(name);
        if (found === undefined) return [`${place}.${from}`];
        const group = /inputs\.[\w.]+/.exec(found)?.[0];
        inside = (group === undefined ? undefined : declarations.group(group)) ?? new Map();
      }
      if (typeof field === "string" || !("fields" in field)) return [];
      return missing(field.fields, inside, from === "" ? place : `${place}.${from}`);
    });
  }
});

/** Everything that a twin is read from. */
function fieldsOf({ fields, block, unless }: Twin): Fields {
  return {
    ...fields,
    ...(block !== undefined && { block }),
    ...(unless !== undefined && { unless }),
  };
}
