import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

const readme = readFileSync("README.md", "utf8");

describe("README.md", () => {
  it("begins with the commands that run and test everything", () => {
    const [, first, second] = /```\n(.*)\n(.*)\n```/.exec(readme) ?? [];
    assert.match(first ?? "", /^npm ci && npm start/);
    assert.match(second ?? "", /^npm ci && npm test/);
  });

  it("is short enough to be read, and names every page", () => {
    assert.ok(readme.split("\n").length <= 151);
    const pages = readdirSync("docs").filter((name) => name.endsWith(".md"));
    for (const page of pages) assert.ok(readme.includes(`(docs/${page})`), page);
  });

  it("shows a picture of the product and recordings of a run and of a rejected plan, with descriptions", () => {
    const shown = [...readme.matchAll(/!\[([^\]]*)\]\(([^)]*)\)/gu)];
    for (const [image, description = ""] of shown) assert.ok(description.length > 20, image);
    const files = shown.map(([, , file]) => file);
    for (const name of ["pipeline", "local-run", "rejected-plan"])
      assert.ok(files.includes(`docs/images/${name}.svg`), name);
  });

  it("says what the pipeline costs, when to use something else, and how to do each task", () => {
    const headings = [...readme.matchAll(/^## (.*)$/gmu)].map(([, heading]) => heading);
    assert.deepEqual(headings, [
      ...["Use it in your own project", "What you get", "Plan and gate", "Run and size"],
      ...["What it costs", "Tune", "Deploy", "Operate", "When to use something else"],
    ]);
  });
});

describe("docs/settings.md", () => {
  it("describes every output of the program", () => {
    const page = readFileSync("docs/settings.md", "utf8");
    const program = readFileSync("index.ts", "utf8");
    const [, exported = ""] = /export const \{(.*)\} = pipeline/s.exec(program) ?? [];
    const marked = [...program.matchAll(/^export const (\w+) =/gm)].map(([, name = ""]) => name);
    const outputs = [...exported.split(",").map((name) => name.trim()), ...marked];
    assert.ok(marked.length > 0);
    for (const output of outputs.filter((name) => name !== ""))
      assert.ok(page.includes(`\`${output}\``), output);
  });
});
