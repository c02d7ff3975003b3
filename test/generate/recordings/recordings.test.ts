import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { recordingSvg } from "../../../generate/recordings/recordingSvg";
import { COLUMNS, recordings, textOf, transcript } from "../../../generate/recordings/recordings";
import { screenLines } from "../../../generate/recordings/screenLines";
import { streamlakeHere } from "../../cli/support/streamlakeHere";
import { SNAPSHOTS } from "../../support/snapshot";
import { assertCommandExists } from "../../support/shownCommands";

const IMAGES = "docs/images";

function recordingOf(file: string): (typeof recordings)[number] {
  return recordings.find((one) => one.file === file) ?? assert.fail(file);
}

/** The text of a picture, line by line, as a reader selects it. */
function shownLines(file: string): readonly string[] {
  const svg = readFileSync(join(IMAGES, file), "utf8");
  return [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/gu)].map(([, line = ""]) =>
    line
      .replaceAll(/<[^>]*>/gu, "")
      .replaceAll(/&#(\d+);/gu, (_, code) => String.fromCharCode(Number(code))),
  );
}

describe("the recorded terminals", () => {
  for (const { file, title, description, commandLine } of recordings) {
    it(`${file} shows a command that exists, with options that it has`, () => {
      const [first] = shownLines(file);
      assert.equal(first, `$ ${commandLine}`);
      assertCommandExists(commandLine);
    });

    it(`${file} has the title and the description of the recording`, () => {
      const svg = readFileSync(join(IMAGES, file), "utf8");
      assert.ok(svg.includes(`<title id="title">${title}</title>`));
      assert.ok(svg.includes(`<desc id="description">${description}</desc>`));
    });
  }

  it("rejected-plan.svg shows what the command prints today, and its exit code", async () => {
    const recording = recordingOf("rejected-plan.svg");
    const { stdout, stderr, exitCode } = await streamlakeHere(
      recording.commandLine.split(" ").slice(2),
    );
    assert.equal(stderr, "");
    const output = await screenLines(stdout.replaceAll("\n", "\r\n"), COLUMNS);
    assert.deepEqual(
      transcript(recording, output, Number(exitCode)).map(textOf),
      shownLines(recording.file),
      "Record it anew: npm run recordings",
    );
  });

  it("local-run.svg shows lines that a local run prints today", () => {
    const reports = readdirSync(join(SNAPSHOTS, "local")).map((name) =>
      readFileSync(join(SNAPSHOTS, "local", name), "utf8"),
    );
    const printed = new Set(reports.flatMap((report) => report.split("\n").map(labelOf)));
    const lines = shownLines("local-run.svg").filter((line) => /^\w+ {2,}/u.test(line));
    assert.ok(lines.length > 10);
    for (const line of lines) assert.ok(printed.has(labelOf(line)), line);
  });
});

/** The label of a line such as "Missing     0". */
function labelOf(line: string): string {
  return line.replace(/ {2,}.*$/u, "");
}

describe("transcript", () => {
  const plain = { isBold: false, isDim: false };
  const line = (text: string) => [{ ...plain, text }];

  it("ends at the heading that the recording names", () => {
    const output = ["Sent  2", "Metrics", "no data"].map(line);
    const shown = transcript({ ...recordingOf("local-run.svg"), until: "Metrics" }, output, 0);
    assert.deepEqual(shown.map(textOf).slice(1), ["Sent  2", "..."]);
  });

  it("is the same at another time, in another directory, with records in another order", () => {
    const shown = (time: string, day: string, size: string) =>
      transcript(
        recordingOf("local-run.svg"),
        [`Directory  .streamlake/dev/${time}`, `1 under raw/${day}/`, `Stored  ${size} KiB`].map(
          line,
        ),
        0,
      );
    assert.deepEqual(
      shown("2026-11-27T21-38-45-F5suDr", "2026/11/27", "208.1"),
      shown("2027-01-02T03-04-05-zzzzzz", "2027/01/02", "207.9"),
    );
  });
});

describe("recordingSvg", () => {
  it("escapes what is not text in XML, and has a class for each style", () => {
    const svg = recordingSvg({
      ...{ title: "A <title>", description: "a & b", columns: 80 },
      lines: [
        [
          { text: "<a>", isBold: false, isDim: false },
          { text: "&", color: 2, isBold: true, isDim: false },
        ],
      ],
    });
    assert.ok(svg.includes("A &#60;title&#62;</title>"), svg);
    assert.ok(svg.includes('>&#60;a&#62;<tspan class="c2 bold">&#38;</tspan></text>'), svg);
  });

  it("has a color for each that a report uses, in light and in dark mode", () => {
    const svg = recordingSvg({ title: "", description: "", columns: 80, lines: [] });
    const [light = "", dark = ""] = svg.split("@media (prefers-color-scheme: dark)");
    for (const mode of [light, dark])
      for (const color of ["c1", "c2", "c3", "c4", "c5", "c6", "c8", "dim"])
        assert.match(mode, new RegExp(`\\.${color}\\b`, "u"));
    assert.match(svg, /@media \(prefers-reduced-motion: no-preference\)/u);
  });
});
