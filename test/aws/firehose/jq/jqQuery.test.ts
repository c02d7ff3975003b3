import assert from "node:assert/strict";
import { JqQuery } from "../../../../aws/firehose/jq/jqQuery";
import { jsonLine } from "../../../../aws/firehose/jq/jsonLine";
import { type Application, jq16Outputs } from "../support/jq16";
import { doesNotCompile, vectorQueries } from "../support/partitioningVectors";

/** What the local run makes of queries, in the form of `jq16Outputs`. */
async function localOutputs(
  applications: readonly Application[],
): Promise<readonly (string | undefined)[]> {
  return Promise.all(
    applications.map(async ({ query, text }) => {
      const line = jsonLine(Buffer.from(text));
      const [result] = line ? (await JqQuery.read(query)).run([line]) : [];
      return result && "outputs" in result ? JSON.stringify(result.outputs) : undefined;
    }),
  );
}

/** The queries whose results differ, with both. */
async function differences(
  applications: readonly Application[],
): Promise<Readonly<Record<string, readonly [on16: string, here: string]>>> {
  const [expected, actual] = [await jq16Outputs(applications), await localOutputs(applications)];
  const different = applications.flatMap(({ query, text }, index) => {
    const results = [expected[index] ?? "fails", actual[index] ?? "fails"] as const;
    const name = text === event ? query : `${query} of ${text}`;
    return results[0] === results[1] ? [] : [[name, results] as const];
  });
  return Object.fromEntries(different);
}

const event = JSON.stringify({
  ...{ customer: "c-7", type: { device: "mobile", tags: ["new", "eu"] }, price: 12.5, count: 3 },
  ...{ at: "2019-08-09T20:20:27Z", epoch: 1565382027, text: "Größe, 10 €", empty: "", none: null },
  ...{
    list: [
      { k: "x", v: 1 },
      { k: "y", v: 2 },
    ],
    yes: true,
    base64: "aGVsbG8=",
  },
});

/** Queries of the kinds that people write for partition keys, applied to the event. */
const queries = [
  "{customer: .customer, device: .type.device}",
  '{a: .type["device"]}',
  "{a: .type | .device}",
  ".type | {device}",
  "{(.customer): .count}",
  "{a: .list[0].k, b: .list[-1].v}",
  "{a: .list[1:] | length}",
  '{a: (.list | map(.k) | join("-"))}',
  "{a: ([.list[].v] | add | tostring)}",
  "{a: (.list | map(select(.v > 1)) | .[0].k)}",
  "{a: (.list | sort_by(.k) | reverse | .[0].k)}",
  "{a: (.list | group_by(.v) | length)}",
  '{a: (.list | from_entries? // "none")}',
  '{a: (.list | map({(.k): .v}) | add | to_entries | map(.key) | join(","))}',
  '{a: (.type | keys | join("+"))}',
  '{a: (.type | has("device"))}',
  '{a: (.type.tags | index("eu"))}',
  '{a: (.type.tags | contains(["eu"]))}',
  '{a: (.type.tags | any(. == "new"))}',
  "{a: (.type.tags | first), b: (.type.tags | last)}",
  "{a: (.type.tags | min), b: (.type.tags | max)}",
  "{a: (.type.tags | unique | length)}",
  '{a: (.epoch | strftime("%Y-%m-%d"))}',
  '{a: (.epoch | strftime("%j %U %a %b %e %I %p %Z"))}',
  "{a: (.epoch | todate)}",
  "{a: (.epoch | gmtime | mktime)}",
  "{a: (.at | fromdate)}",
  '{a: (.at | fromdateiso8601 | strftime("%H"))}',
  '{a: (.at | strptime("%Y-%m-%dT%H:%M:%SZ") | mktime)}',
  '{a: (.at | sub("T.*"; ""))}',
  '{a: (.at | split("T")[0])}',
  '{a: (.at | capture("(?<y>\\\\d{4})-(?<m>\\\\d\\\\d)") | .y + .m)}',
  '{a: (.at | match("T(\\\\d+)").captures[0].string)}',
  '{a: (.at | [scan("\\\\d+")] | length)}',
  '{a: (.at | test("^2019"))}',
  "{a: (.at | .[0:4])}",
  "{a: (.text | length), b: (.text | utf8bytelength)}",
  "{a: (.text | ascii_downcase), b: (.text | ascii_upcase)}",
  "{a: (.text | explode | implode)}",
  '{a: (.text | ltrimstr("Gr") | rtrimstr("€"))}',
  '{a: (.text | startswith("Gr")), b: (.text | endswith("x"))}',
  '{a: (.text | gsub("[^a-zA-Z0-9]"; "_"))}',
  '{a: (.text | splits(", "))}',
  "{a: (.text | @json), b: (.text | @text)}",
  '{a: (.text | @html), b: (.text | @csv "\\([.])")}',
  "{a: (.text | @base64), b: (.base64 | @base64d)}",
  "{a: (.customer | @sh)}",
  "{a: (.text | @uri)}",
  "{a: (.price * 2), b: (.price / 4), c: (.price - .count), d: (.count % 2)}",
  "{a: (.price | floor), b: (.price | ceil), c: (.price | round), d: (.price | sqrt)}",
  '{a: (.count | tostring), b: ("12" | tonumber), c: (.price | tojson)}',
  "{a: (.count | type), b: (.list | type), c: (.none | type)}",
  '{a: (.none // .empty // "x")}',
  '{a: (.missing // "x"), b: (.none // "y")}',
  '{a: (if .yes then "y" else "n" end)}',
  '{a: (if .count > 5 then "high" elif .count > 1 then "low" else "none" end)}',
  "{a: (.yes and (.none | not)), b: (.yes or false)}",
  '{a: (.customer | . as $c | "\\($c)/\\($c)")}',
  ". as {customer: $c, type: {device: $d}} | {c: $c, d: $d}",
  "{a: (reduce .list[] as $i (0; . + $i.v))}",
  "{a: ([foreach .list[] as $i (0; . + $i.v)] | last)}",
  "{a: ([limit(1; .list[].k)][0])}",
  '{a: ([range(3)] | map(tostring) | join(""))}',
  "{a: ([.. | numbers] | length)}",
  "{a: ([paths] | length)}",
  '{a: getpath(["type", "device"])}',
  "{a: (.type | to_entries[0].key)}",
  "{a: (.type | with_entries(.key |= ascii_upcase) | keys[0])}",
  "del(.list) | {a: .customer}",
  "{a: (.type |= .device | .type)}",
  '{a: (try error("x") catch .)}',
  '{a: (.customer.x? // "none")}',
  "{a: (.customer | tonumber? // 0)}",
  "{a: ([.type.tags[] | {k: .}] | map(.k) | sort | .[0])}",
  "{a: (.list | map(.v) | [min, max] | @tsv)}",
  "{a: (.list | tojson | fromjson | length)}",
  "{a: (.list | flatten | length), b: ([[1], [2]] | flatten | add)}",
  '{a: (.type.tags | inside(["new", "eu", "x"]))}',
  "{a: (.customer | ascii_downcase | .[2:] | tonumber)}",
  "{a: (input_line_number)}",
  '{a: ([.customer, "x"] | join("/"))}',
  '{a: (.list | walk(if type == "object" then del(.v) else . end) | length)}',
  "{a: (.epoch / 3600 | floor * 3600 | todate)}",
  '{a: ("x" * 3)}',
  '{a: (.customer | indices("c") | length)}',
  '{a: (.customer | splits("-"))}',
  '{a: (.list | transpose? // "none")}',
  '{a: (.price | tostring | split(".")[1])}',
  '{a: ([1, 2] | combinations? // "none")}',
  "{a: (env | type)}",
  "{a: (.none | length), b: (.type | length)}",
  '{a: ([.none, 1, "a", [], {}] | sort | map(type) | join(" "))}',
  "{a: (.customer | ltrimstr(1))}",
  "{a: infinite}",
  "{a: nan}",
  "{a: ([nan] | sort | length)}",
  '{a: (.text | index("ö"))}',
  '{a: (.text | index(","))}',
  '{a: ("!()*\'" | @uri)}',
  '{a: (" x" | ltrimstr(" "))}',
  "{a: ([.list[].v] | add / length)}",
  '{a: (.at | strptime("%Y-%m-%dT%H:%M:%SZ") | strftime("%A"))}',
  "{a: (.epoch | localtime | mktime)}",
  "{a: (.epoch | date)}",
  "{a: (.price | . > 10 and . < 20)}",
  "{a: (.list | any(.v == 2)), b: (.list | all(.v > 0))}",
  "{a: (.missing | tostring)}",
  '{a: ([splits("x")?] | length)}',
  "{a: (.type | tostream | select(length == 2) | .[1])}",
  "{a: (.list | limit(1; .[]) | .k)}",
  "{a: ([.list[] | .k] | until(length < 2; .[1:]) | .[0])}",
  "{a: (.count | [recurse(if . > 0 then . - 1 else empty end)] | length)}",
  "{a: ({} | .b.c = 1 | .b.c)}",
  '{a: (.list | INDEX(.k) | keys | join(""))}',
  '{a: ("a,b" | split(","; null) | length)}',
  "{a: (.customer | @base32)}",
  "{a: ([3, 1, 2] | sort | @json)}",
  '{a: ("\\u00e9" | utf8bytelength)}',
  '{a: (.customer | test("C"; "i"))}',
];

/** Queries of later releases, which 1.6 does not compile. */
const later = [
  "{a: (if .yes then 1 end)}",
  "{a: .list.[0].k}",
  "{a: (.count | abs)}",
  "{a: (.type | pick(.device))}",
];

/** Numbers and strings that releases of jq read and print differently. */
const values = [
  ...["1.0", "1.50", "1e3", "1E3", "0.1", "1e-3", "100000", "0.0001", "0.00001", "0.00012", "1e-5"],
  ...["1e15", "1e16", "1e17", "1e18", "12e17", "1234567890123456789", "9007199254740993", "1e21"],
  ...[
    "123456789012345680000",
    "1e400",
    "-1e400",
    "-1.0",
    "-1e17",
    "5e-324",
    "1.7976931348623157e308",
  ],
  ...["3.141592653589793238", "0.1e1", "1000000000000000000000000", "2.5e-8", "10000000000000000"],
  ...['"x"', '"\\udc00"', '"\\ud83d\\ude00"', '"\\\\ud800"', '"1e17"', '"\\u0000"'],
  ...['{"n":1e17,"m":[1.0]}', "[1e17]", "[0.00001]", "null", "true", '{"b":1,"a":2}', '"\u2028"'],
];

/** What 1.6 does, and what the local run does. */
const knownDifferences: Readonly<Record<string, readonly [on16: string, here: string]>> = {
  // This build of 1.6 has no time zone. Others print UTC.
  '{a: (.epoch | strftime("%j %U %a %b %e %I %p %Z"))}': [
    '[{"a":"221 31 Fri Aug  9 08 PM "}]',
    '[{"a":"221 31 Fri Aug  9 08 PM UTC"}]',
  ],
  // RFC 2396 reserves none of these characters, and RFC 3986 does.
  [`{a: ("!()*'" | @uri)}`]: [`[{"a":"!()*'"}]`, '[{"a":"%21%28%29%2A%27"}]'],
};

describe("a query", () => {
  it("has the results of jq 1.6, apart from a known list", async () => {
    const applications = queries.map((query) => ({ query, text: event }));
    assert.deepEqual(await differences(applications), knownDifferences);
  });

  it("reads and prints numbers and strings like jq 1.6", async () => {
    const query = '{a, t: (.a | tostring), j: (.a | tojson), s: "\\(.a)"}';
    const applications = values.map((value) => ({ query, text: `{"a":${value}}` }));
    assert.deepEqual(await differences(applications), {});
  });

  it("has the results of jq 1.6 for the records of the vectors that are JSON", async () => {
    const applications = vectorQueries
      .map(([query, text]) => ({ query, text }))
      .filter(({ query, text }) => jsonLine(Buffer.from(text)) && query !== doesNotCompile);
    assert.ok(applications.length >= 25, `${applications.length}`);
    assert.deepEqual(await differences(applications), {});
  });

  it("fails for a text that jq 1.6 does not read", async () => {
    const text = String.raw`{"a":"\ud800"}`;
    assert.deepEqual(await jq16Outputs([{ query: ".", text }]), [undefined]);
    assert.equal(jsonLine(Buffer.from(text)), undefined);
  });

  it("compiles here, but not with jq 1.6, if it has newer syntax or functions", async () => {
    const applications = later.map((query) => ({ query, text: event }));
    assert.deepEqual(
      await jq16Outputs(applications),
      later.map(() => undefined),
    );
    for (const query of later) assert.equal((await JqQuery.read(query)).problem, undefined);
  });
});
