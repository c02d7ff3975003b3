import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { zipSync } from "fflate";
import { inputMistake, mayBecomeMistake } from "../../../records/input/inputMistake";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { skip } from "../../support/skip";

const LINES = '{"a":1}\n{"b":2}\n';

function isInstalled(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command.split(" ")[0] ?? ""}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The lines in the format that a program writes to standard output. */
const packedBy = (command: string) => (): Buffer | undefined =>
  isInstalled(command) ? execFileSync("sh", ["-c", command], { input: LINES }) : undefined;

const bigEndian = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

describe("inputMistake", () => {
  const directory = temporaryFolder();

  const converted: readonly [name: string, content: () => Uint8Array | undefined, found: RegExp][] =
    [
      ["GZIP", () => gzipSync(LINES), /GZIP/],
      ["ZIP", () => zipSync({ "a.jsonl": Buffer.from(LINES) }), /ZIP archive/],
      ["Zstandard", packedBy("zstd -c"), /Zstandard/],
      ["XZ", packedBy("xz -c"), /XZ/],
      ["bzip2", packedBy("bzip2 -c"), /bzip2/],
      ["LZ4", packedBy("lz4 -c"), /LZ4/],
      ["UTF-16 of Windows", () => Buffer.from(`\ufeff${LINES}`, "utf16le"), /UTF-16/],
      ["big-endian UTF-16", () => bigEndian(`\ufeff${LINES}`), /UTF-16/],
      ["UTF-16 without a mark", () => Buffer.from(LINES, "utf16le"), /UTF-16/],
      ["big-endian UTF-16 without a mark", () => bigEndian(LINES), /UTF-16/],
      ["UTF-32", packedBy("iconv -f UTF-8 -t UTF-32"), /UTF-32/],
      ["NUL bytes before the first line", () => Buffer.from(`\0\0\0\0\0${LINES}`), /NUL bytes/],
      ["an indented JSON array", () => Buffer.from('[\n  { "a": 1 },\n  { "b": 2 }\n]'), /several/],
      ["an indented JSON object", () => Buffer.from('{\r\n  "a": 1\r\n}\n{\n"b": 2}'), /several/],
    ];
  for (const [name, content, expected] of converted)
    it(`recognizes ${name}, and knows the command that makes records of it`, function () {
      const bytes = content();
      const file = join(directory, name.replaceAll(" ", "-"));
      if (bytes === undefined) skip(this, "the program that packs its input is not installed");
      writeFileSync(file, bytes);
      const mistake = inputMistake(bytes.subarray(0, 512));
      assert.match(mistake?.found ?? "", expected);
      for (const [command, input] of [
        [mistake?.convert?.(file) ?? "", ""],
        [mistake?.convert?.() ?? "", bytes],
      ] as const) {
        if (!isInstalled(command)) continue;
        const printed = execFileSync("sh", ["-c", command], { input }).toString();
        assert.equal(printed.replace(/^\ufeff/, ""), LINES);
      }
    });

  for (const [name, content] of [
    ["a Parquet file", "PAR1\x15\x04"],
    ["an Avro file", "Obj\x01\x04"],
    ["an SQLite database", "SQLite format 3\x00"],
    ["compressed with Snappy", "\x82SNAPPY\x00"],
  ] as const)
    it(`recognizes what is ${name}`, () => {
      assert.equal(inputMistake(Buffer.from(content, "latin1"))?.found, name);
    });

  it("accepts every text, also if it is not JSON", () => {
    for (const text of [
      "1,Zoë\n2,Ada\n",
      "INFO,started\nINFO,ended\n",
      "a,a\n1,2\n",
      "hello, world\nand 2 more\n",
      "id,name\n",
      "id,name\n{}\n",
      "plain text",
      "PK is a prefix",
      "PAR1,PAR2\n",
      "BZh9",
      '[{"a":1},{"b":2}]\n[{"a":1}]\n',
      "{}\n{}\n",
      "[INFO] started\n[INFO] ended\n",
      "{\n}\n",
      "\ufeff{}\n",
      "\n\n{}\n",
      "a\0b\n",
      "日本\n",
      "\x1b[31mred\x1b[0m\n",
    ])
      assert.equal(inputMistake(Buffer.from(text)), undefined, JSON.stringify(text));
    const word = fc
      .string({ unit: "grapheme", minLength: 2 })
      .filter((text) => !/[[{\0]/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        assert.equal(inputMistake(Buffer.from(words.join("\n")).subarray(0, 512)), undefined);
      }),
    );
  });

  for (const [delimiter, name] of [
    [",", "commas"],
    [";", "semicolons"],
    ["\t", "tabs"],
  ] as const)
    it(`recognizes CSV with ${name}, and knows the commands for its rows`, function () {
      const content = ["id,name", "1,Zoë", '2,"A b"', ""].join("\r\n").replaceAll(",", delimiter);
      const file = join(directory, `${name}.csv`);
      writeFileSync(file, content);
      const mistake = inputMistake(Buffer.from(content));
      assert.match(mistake?.found ?? "", /^CSV with a header/);
      const rows = content.slice(content.indexOf("\n") + 1);
      for (const [convert, expected] of [
        [mistake?.convert, '{"id": "1", "name": "Zo\\u00eb"}\n{"id": "2", "name": "A b"}\n'],
        [mistake?.otherwise?.convert, rows],
      ] as const)
        for (const [command, input] of [
          [convert?.(file) ?? "", ""],
          [convert?.() ?? "", content],
        ] as const) {
          if (!isInstalled(command)) skip(this, "Python is not installed");
          assert.equal(execFileSync("sh", ["-c", command], { input }).toString(), expected);
        }
    });

  it("decides on CSV by whole lines only", () => {
    const long = `id,name\n1,${"a".repeat(600)}`;
    assert.equal(inputMistake(Buffer.from(long).subarray(0, 512)), undefined);
  });

  it("needs further bytes only while they can turn out to be a mistake", () => {
    for (const text of ["", "a", "\x1f", "PK\x03", "P", "{", "[\n", "\n", "a\0b"])
      assert.equal(mayBecomeMistake(Buffer.from(text, "latin1")), true, JSON.stringify(text));
    for (const text of ["a\n", '{"', "Px", "PK ", "[1", "1\n", "Zo\xeb"])
      assert.equal(mayBecomeMistake(Buffer.from(text, "latin1")), false, JSON.stringify(text));
  });
});
