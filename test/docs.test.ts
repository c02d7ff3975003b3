import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { assertCommandExists, shownCommands } from "./support/shownCommands";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  ...["cli", "components", "examples", "policy"].map((directory) => `${directory}/README.md`),
  ...readdirSync("docs")
    .filter((page) => page.endsWith(".md"))
    .map((page) => join("docs", page)),
];

/** Paths of files in backquotes. */
function filesIn(text: string): readonly string[] {
  return [...text.matchAll(/`([\w./-]+\/[\w.-]+\.(?:ts|cjs|mjs|json|yaml|yml|jsonl))`/gu)]
    .map(([, file = ""]) => file)
    .filter((file) => !file.startsWith(".streamlake/"));
}

/** Targets of links within the repository, relative to its root. */
function linksIn(page: string): readonly string[] {
  const text = readFileSync(page, "utf8").replaceAll(/^ *```.*?^ *```/gmsu, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/gu)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/u.test(target))
    .map((target) => (target.startsWith("#") ? page + target : join(dirname(page), target)));
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): readonly string[] {
  const headings = readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gmu);
  return [...headings].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** The pictures of a page, relative to the root of the repository. */
function picturesIn(page: string): readonly string[] {
  const found = readFileSync(page, "utf8").matchAll(
    / (?:src|srcset)="([^"]+)"|!\[[^\]]*\]\(([^)]+)\)/gu,
  );
  return [...found].map(([, inElement, inMarkdown = ""]) =>
    join(dirname(page), inElement ?? inMarkdown),
  );
}

describe("the drawings of the documentation", () => {
  const drawings = readdirSync("docs/images").filter((name) => name.endsWith(".svg"));
  assert.ok(drawings.length > 0);

  for (const drawing of drawings)
    it(`${drawing} is small, needs no other file, can be read aloud, and has a dark mode`, () => {
      const svg = readFileSync(join("docs/images", drawing), "utf8");
      assert.ok(svg.length < 60_000);
      assert.doesNotMatch(svg, /url\((?!#)|@import|href=|<script|<foreignObject/u);
      assert.match(svg, /role="img" aria-labelledby="title description">\n<title id="title">\S/u);
      assert.match(svg, /<desc id="description">\S/u);
      assert.ok(svg.includes("@media (prefers-color-scheme: dark)"));
    });
});
describe("the pages of the project", () => {
  it("show every picture, each smaller than 150 KB", () => {
    const shown = pages.flatMap(picturesIn);
    const pictures = readdirSync("docs/images").map((name) => join("docs/images", name));
    assert.deepEqual([...new Set(shown)].sort(), pictures.sort());
    for (const picture of pictures) assert.ok(statSync(picture).size < 150_000, picture);
  });

  it("name files", () => {
    assert.ok(pages.flatMap((page) => filesIn(readFileSync(page, "utf8"))).length > 50);
  });

  for (const page of pages) {
    it(`${page} names files and tests that exist`, () => {
      const named = filesIn(readFileSync(page, "utf8"));
      const places = [".", "test", dirname(page), "cli/template", "cli/gitlab"];
      assert.deepEqual(
        named.filter((file) => !places.some((place) => existsSync(join(place, file)))),
        [],
      );
    });

    it(`${page} links to files and headings that exist`, () => {
      for (const link of linksIn(page)) {
        const [target = "", anchor] = normalize(link).split("#");
        assert.ok(existsSync(target), `${page}: ${link}`);
        if (anchor !== undefined) assert.ok(anchorsOf(target).includes(anchor), `${page}: ${link}`);
      }
    });

    it(`${page} shows commands that exist, with options that they have`, () => {
      for (const line of shownCommands(readFileSync(page, "utf8"))) assertCommandExists(line);
    });
  }
});
