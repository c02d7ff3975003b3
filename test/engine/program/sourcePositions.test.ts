import assert from "node:assert/strict";
import { runFiles } from "../support/temporaryProgram";

const SITE = `import { ComponentResource } from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

interface Options {
  readonly name: string;
}

export class Site extends ComponentResource {
  constructor(options: Options) {
    super("acme:index:Site", options.name);

    new aws.s3.Bucket(options.name, {}, { parent: this });
  }
}
`;
const INDEX = `import { Site } from "./src/site";
type Name = string;
const names: readonly Name[] = ["a", "b"];
for (const name of names) {
  new Site({ name });
}
export = async () => {
  await Promise.resolve();
  const { Topic } = await import("@pulumi/aws/sns");
  new Topic("late");
};
`;
const MODULE = `import * as aws from "@pulumi/aws";

new aws.sns.Topic("first");
const later = () => new aws.sns.Topic("second");
later();
`;

/** Name and type of each resource -> file:line:column. */
async function positionsOf(files: Readonly<Record<string, string>>): Promise<object> {
  const { graph } = await runFiles(files);
  const entries = graph.resources.map(({ name, type, position }) => [
    `${name} ${type.replace(/.*:/, "")}`,
    position && `${position.file}:${position.line}:${position.column ?? 0}`,
  ]);
  return Object.fromEntries(entries) as object;
}

describe("the positions of resources in a program", () => {
  it("are lines of the TypeScript sources, in several files", async () => {
    const tsconfig = JSON.stringify({
      compilerOptions: { module: "commonjs", target: "es2022", moduleResolution: "node" },
    });
    const files = { "index.ts": INDEX, "src/site.ts": SITE, "tsconfig.json": tsconfig };
    assert.deepEqual(await positionsOf(files), {
      "shop-dev Stack": undefined,
      "a Site": "index.ts:5:3",
      "a Bucket": "src/site.ts:12:5",
      "b Site": "index.ts:5:3",
      "b Bucket": "src/site.ts:12:5",
      "late Topic": "index.ts:10:3",
    });
  });

  it("are lines of an ES module", async () => {
    const files = {
      "index.js": MODULE,
      "package.json": JSON.stringify({ type: "module", main: "index.js" }),
    };
    assert.deepEqual(await positionsOf(files), {
      "shop-dev Stack": undefined,
      "first Topic": "index.js:3:1",
      "second Topic": "index.js:4:21",
    });
  });
});
