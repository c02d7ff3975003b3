import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  ownPosition,
  sentPosition,
  type SourcePosition,
  statePosition,
} from "../../../engine/graph/sourcePosition";

const project = resolve("project");
const sent = (file: string, line = 3, column = 5) => ({
  uri: pathToFileURL(join(project, file)).href,
  line,
  column,
});

describe("the position that an SDK sends", () => {
  it("is relative to the directory of the project", () => {
    const at = { line: 3, column: 5 };
    assert.deepEqual(sentPosition(sent("index.ts"), project), { file: "index.ts", ...at });
    assert.deepEqual(sentPosition(sent("src/a b#1%.ts"), project), {
      file: "src/a b#1%.ts",
      ...at,
    });
    assert.deepEqual(sentPosition(sent("../lib/x.py"), project), { file: "../lib/x.py", ...at });
  });

  it("has no column if the SDK sends none", () => {
    assert.deepEqual(sentPosition(sent("main.go", 7, 0), project), { file: "main.go", line: 7 });
  });

  it("is undefined without a line of a file", () => {
    assert.equal(sentPosition(undefined, project), undefined);
    assert.equal(sentPosition(sent("index.ts", 0), project), undefined);
    for (const uri of ["", "https://example.com/index.ts", "file:///%", "file:///a%2Fb"])
      assert.equal(sentPosition({ uri, line: 1, column: 1 }, project), undefined, uri);
  });
});

describe("the position that a state keeps", () => {
  it("is relative to the directory of the project", () => {
    const cases: readonly (readonly [string, SourcePosition])[] = [
      ["project:///index.ts#12,7", { file: "index.ts", line: 12, column: 7 }],
      ["project:///src/my%20bucket.ts#4", { file: "src/my bucket.ts", line: 4 }],
      ["project:///../shared/%23.py#1,0", { file: "../shared/#.py", line: 1 }],
    ];
    for (const [kept, position] of cases) assert.deepEqual(statePosition(kept), position);
  });

  it("is undefined in any other form", () => {
    for (const kept of [
      ...[undefined, null, "", "index.ts:3", "project:///#3", "project:///index.ts"],
      ...["project:///index.ts#0", "project:///index.ts#x", "project:///%#3", "file:///a.ts#3"],
    ])
      assert.equal(statePosition(kept), undefined, String(kept));
  });
});

describe("the position for somebody who can change the program", () => {
  const at = (file: string): SourcePosition => ({ file, line: 1 });
  const graph = new Map([
    ["stack", {}],
    ["site", { parent: "stack", position: at("index.ts") }],
    ["bucket", { parent: "site", position: at("node_modules/sites/bucket.js") }],
    ["python", { parent: "site", position: at("venv/lib/python3.12/site-packages/x.py") }],
    ["own", { parent: "site", position: at("src/own.ts") }],
    ["ring", { parent: "ring", position: at("../node_modules/x.js") }],
  ]);
  const positionOf = (urn: string) => ownPosition(graph.get(urn), (other) => graph.get(other));

  it("is that of the component if an installed package declares the resource", () => {
    assert.deepEqual(positionOf("bucket"), at("index.ts"));
    assert.deepEqual(positionOf("python"), at("index.ts"));
  });

  it("is that of the resource otherwise", () => {
    assert.deepEqual(positionOf("own"), at("src/own.ts"));
  });

  it("is undefined if nothing around the resource has one", () => {
    assert.equal(positionOf("stack"), undefined);
    assert.equal(positionOf("ring"), undefined);
    assert.equal(positionOf("absent"), undefined);
  });
});
