import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UnknownResults } from "../../../engine/functions/unknownResult";
import { type Properties, Unknown } from "../../../engine/graph/resourceGraph";
import { withFiles } from "../support/fixtures";

const unknown = new Unknown();

/** A package in the form in which Pulumi generates them. */
const files = {
  "package.json": "{}",
  "getSize.d.ts": "export interface GetSizeResult {\n    readonly size: number;\n}\n",
  "storage/getThing.d.ts": `
import * as outputs from "../types/output";
export declare function getThing(args?: GetThingArgs): Promise<GetThingResult>;
export interface GetThingArgs {
    readonly wrong?: string;
}
export interface GetThingResult {
    /**
     * A network interface } { of the thing, e.g. \`a: b;\`
     */
    readonly id: string;
    readonly "content-type"?: string;
    readonly tags: {
        [key: string]: string;
    };
    readonly names: string[];
    readonly parts: outputs.storage.GetThingPart[];
    readonly other: outputs.missing.Other;
}
export interface Later {
    readonly later: string;
}
`,
  "types/output.d.ts": `
export declare namespace network {
    interface GetThingPart {
        wrong: string;
    }
}
export declare namespace storage {
    interface GetThingPart {
        size: number;
        inner?: outputs.storage.GetThingPart;
        last: outputs.storage.Last;
    }
    interface Last {
        end: boolean;
    }
}
`,
};

function resultOf(token: string): Properties | undefined {
  return withFiles({}, (directory) => {
    const root = join(directory, "node_modules/@pulumi/acme");
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return new UnknownResults(directory).of(token);
  });
}

describe("the unknown result of a function", () => {
  it("has the properties of its type, lists with three entries, and the groups in them", () => {
    const part = (inner: Properties | Unknown): Properties => ({
      ...{ size: unknown, inner, last: { end: unknown } },
    });
    const result = resultOf("acme:storage/getThing:getThing");
    const [first, ...others] = result?.["parts"] as Properties[];
    assert.deepEqual(result, {
      ...{ id: unknown, "content-type": unknown, tags: unknown, other: unknown },
      ...{ names: [unknown, unknown, unknown], parts: [first, first, first] },
    });
    assert.equal(others.length, 2);
    assert.deepEqual(Object.keys(first ?? {}), Object.keys(part(unknown)));
    assert.deepEqual(first?.["last"], { end: unknown });
  });

  it("ends, although a type contains itself", () => {
    const parts = resultOf("acme:storage/getThing:getThing")?.["parts"] as Properties[];
    let [depth, part] = [0, parts[0]?.["inner"]];
    for (; !(part instanceof Unknown); depth++) part = (part as Properties)["inner"];
    assert.ok(depth > 0);
  });

  for (const token of ["acme:index/getSize:getSize", "acme:index:getSize"])
    it(`is found for ${token}`, () => {
      assert.deepEqual(resultOf(token), { size: unknown });
    });

  for (const token of [
    "other:index/getSize:getSize",
    "acme:index/getColor:getColor",
    "acme:network/getThing:getThing",
    "getSize",
  ])
    it(`is not found for ${token}`, () => {
      assert.equal(resultOf(token), undefined);
    });

  it("is found for functions of the AWS provider", () => {
    const results = new UnknownResults(__dirname);
    const { roots } = results.of("aws:organizations/getOrganization:getOrganization") ?? {};
    assert.deepEqual(Object.keys((roots as Properties[])[0] ?? {}), [
      ...["arn", "id", "name", "policyTypes"],
    ]);
    const ami = results.of("aws:ec2/getAmi:getAmi") ?? {};
    assert.ok(ami["id"] instanceof Unknown && ami["imageId"] instanceof Unknown);
  });
});
