import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  formatTimestamp,
  unevaluatedFields,
  zone,
} from "../../../components/prefix/formatTimestamp";
import { pattern, timeZone, timestamp } from "../support/patterns";

/**
 * What Java prints, made by java/PrintTimestamps.java with Java 17 and the locale data of
 * before Java 9:
 *
 *     java -Djava.locale.providers=COMPAT PrintTimestamps.java > printed.json
 *
 * `patterns` hold one text for each of the `moments`; Java 17 and Java 25 with their own locale data
 * print the same. `zones` hold short and long name in January, and in July; there they differ.
 */
const java = JSON.parse(readFileSync(join(__dirname, "java", "printed.json"), "utf8")) as {
  moments: readonly string[];
  patterns: Readonly<Record<string, string>>;
  zones: Readonly<Record<string, string>>;
};

describe("formatTimestamp", () => {
  describe("prints what Java prints for", () => {
    for (const [written, printed] of Object.entries(java.patterns)) {
      it(written, () => {
        const ours = java.moments.map((moment) => {
          const [time = "", zone = ""] = moment.split(" ");
          return formatTimestamp(written, Date.parse(time), zone);
        });
        assert.deepEqual(ours, printed.split("|"));
        for (const moment of java.moments)
          assert.deepEqual(unevaluatedFields(written, moment.split(" ")[1] ?? ""), []);
      });
    }
  });

  for (const [letters, atLeast, column] of [
    ["z", 290, 0],
    ["zzzz", 150, 1],
  ] as const) {
    it(`prints the names of time zones that Java prints for ${letters}`, () => {
      const known = Object.entries(java.zones).filter(
        ([name]) => unevaluatedFields(letters, name).length === 0,
      );
      assert.ok(known.length >= atLeast, `${known.length}`);
      for (const [name, printed] of known) {
        const names = printed.split("|");
        for (const [day, expected] of [
          ["2026-01-15T12:00:00Z", names[column]],
          ["2026-07-15T12:00:00Z", names[column + 2]],
        ] as const)
          assert.equal(formatTimestamp(letters, Date.parse(day), name), expected, `${name} ${day}`);
      }
    });
  }

  it("counts whole seconds", () => {
    const time = Date.parse("2018-08-27T22:30:05.750Z");
    assert.equal(formatTimestamp("s.SSS n A", time, "UTC"), "5.000 0 81005000");
  });

  it("prints every pattern of which it names no field as unevaluated", () => {
    fc.assert(
      fc.property(pattern, timestamp, timeZone, (written, time, zone) => {
        fc.pre(unevaluatedFields(written, zone).length === 0);
        formatTimestamp(written, time, zone);
      }),
    );
  });

  it("does not guess the name of a time zone that had another offset", () => {
    const time = Date.parse("2014-01-01T00:00:00Z");
    assert.throws(() => formatTimestamp("z", time, "Europe/Moscow"), /not known for 2014.*"xxx"/);
  });

  it("tells why it refuses a field", () => {
    const print = (letters: string) => () => formatTimestamp(letters, 0, "Europe/Berlin");
    assert.throws(print("yyyy zzzz"), /"zzzz" in !{timestamp:yyyy zzzz} .*long name of Europe/);
    assert.throws(print("DD"), /"DD" in !{timestamp:DD} is not evaluated on this machine: Java 8/);
  });

  it("fails where Java fails to pad", () => {
    const at = (hour: string) => formatTimestamp("pH", Date.parse(`2026-01-01T${hour}:00Z`), "UTC");
    assert.equal(at("09:00"), "9");
    assert.throws(() => at("10:00"), /"pH" in !{timestamp:pH} .* 1 of "p" are fewer than the 2/);
  });
});

describe("unevaluatedFields", () => {
  for (const [written, zone, fields, reason] of [
    ["LLL/LLLL/LLLLL", "UTC", "LLL LLLL LLLLL", /Java 8 prints a number.*use "MMM/],
    ["ccc ccccc qqq qqqq qqqqq", "UTC", "ccccc qqq qqqq", /Java 8 .* use "(EEEEE|QQQ)/],
    ["DD AA AAAAAAA N NN", "UTC", "DD AA AAAAAAA NN", /more digits than letters; use "[DAN]" or/],
    ["F W", "UTC", "F", /Java 17 and Java 25 print different.*"W"/],
    ["zzz zzzz", "Europe/Berlin", "zzzz", /long name of Europe\/Berlin/],
    ["zzz zzzz", "America/Sao_Paulo", "zzz zzzz", /(short|long) name of America\/Sao_Paulo/],
    ["zzz zzzz", "America/New_York", "", /^$/],
    ["pH ppH ppMMM ppppppppMMMM", "UTC", "pH ppMMM ppppppppMMMM", /fewer than the [239]/],
    ["ppX ppVV", "UTC", "ppVV", /fewer than the 3/],
    ["ppX pppppX", "Asia/Kolkata", "ppX", /fewer than the 5/],
  ] as const) {
    it(`are ${fields === "" ? "none" : fields} of ${written} in ${zone}`, () => {
      const unevaluated = unevaluatedFields(written, zone);
      assert.equal(unevaluated.map(({ field }) => field).join(" "), fields);
      for (const each of unevaluated) assert.match(each.reason, reason);
    });
  }
});

describe("zone", () => {
  it("knows UTC and IANA names with a region", () => {
    for (const name of ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
      assert.equal(zone(name).id(), name);
  });

  for (const name of ["", "Z", "+01:00", "UTC+1", "SYSTEM", "CET", "Etc/UTC", "europe/berlin"]) {
    it(`refuses "${name}"`, () => {
      assert.throws(() => zone(name), /is not known; use UTC or an IANA name/);
    });
  }
});
