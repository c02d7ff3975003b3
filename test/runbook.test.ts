import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { alarmDescription } from "../components/alarms/alarmDefinition";
import { alarmDefinitions, alarmNames } from "../components/alarms/alarmDefinitions";
import { settingsTable } from "../generate/tables";
import { assertCommandExists, codeLines } from "./support/shownCommands";

const runbook = readFileSync("docs/runbook.md", "utf8");

/** Name of the alarm -> text of its section. */
const sections = new Map(
  runbook
    .split(/^## /mu)
    .slice(1)
    .flatMap((section) => {
      const [, alarm, text] = /^`(\w+)`\n(.*)$/su.exec(section) ?? [];
      return alarm === undefined || text === undefined ? [] : [[alarm, text] as const];
    }),
);

describe("docs/runbook.md", () => {
  it("has one section for each alarm, in the order of the alarms", () => {
    assert.deepEqual([...sections.keys()], alarmNames);
  });

  for (const alarm of alarmNames) {
    const section = sections.get(alarm) ?? "";

    it(`says of ${alarm} what it means, its likely causes, the commands and the fix`, () => {
      const parts = [...section.matchAll(/^\*\*(.+?):\*\*/gmu)].map(([, part]) => part);
      assert.deepEqual(parts, ["Meaning", "Likely causes", "Commands", "Fix"]);
      assert.match(section, /^\*\*Likely causes:\*\*\n\n- /mu);
    });

    it(`begins the commands of ${alarm} with that of its description`, () => {
      const [first = ""] = codeLines(section);
      const description = alarmDescription(alarmDefinitions[alarm], "prod");
      assert.ok(description.endsWith(` ${first}`), `${description}\n${first}`);
    });

    it(`shows commands for ${alarm} that exist, with options that they have`, () => {
      const lines = codeLines(section);
      assert.ok(lines.length > 0);
      for (const line of lines) assertCommandExists(line);
    });
  }

  it("names settings, outputs and alarms that exist", () => {
    const settings = settingsTable();
    const named = [...runbook.matchAll(/`([a-z]\w+(?:\.[\w<>]+)+)`/gu)].map(
      ([, name = ""]) => name,
    );
    assert.ok(named.length > 10);
    const alarm = new RegExp(`^alarms\\.(?:${alarmNames.join("|")})\\.`, "u");
    for (const name of named)
      assert.ok(settings.includes(`\`${name.replace(alarm, "alarms.<alarm>.")}\``), name);
    const program = readFileSync("index.ts", "utf8");
    for (const [, output = ""] of runbook.matchAll(/outputs? `(\w+)`/gu))
      assert.match(program, new RegExp(`\\b${output}\\b`, "u"));
    for (const [, other = ""] of runbook.matchAll(/`(\w+)` (?:fires|or)/gu))
      assert.ok(
        alarmNames.some((name) => name === other),
        other,
      );
  });
});
