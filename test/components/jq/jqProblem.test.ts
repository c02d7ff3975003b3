import assert from "node:assert/strict";
import { mock } from "node:test";
import { jqProblem } from "../../../components/jq/jqProblem";
import { metadataQuery } from "../../../components/jq/metadataQuery";
import { jq16Module } from "../../support/jq16Module";

async function compilerOf16(): Promise<(expression: string) => Promise<boolean>> {
  const jq = await jq16Module();
  return async (expression) => {
    const quiet = mock.method(console, "warn", () => undefined);
    try {
      await jq.promised.raw("null", `empty | (${expression}\n), [${expression}\n]`, ["-c"]);
      return true;
    } catch {
      return false;
    } finally {
      quiet.mock.restore();
    }
  };
}

/** Expressions that both versions compile, that only one compiles, and that neither does. */
const expressions = [
  ...[".a", ".a.b", '.a."b"', ".a[0]", ".a.[0]", ".[0].[1]", "..[0]?", ".a?.[0]", '.["a"].["b"]'],
  ...["(1).[0]", "[1].[0]", '"a".[0]', "$x.[0]", ".a . [0]", "..", ".[]?", ".a[1:2]", ".[-1:]"],
  ...["if . then 1 else 2 end", "if . then 1 end", "if . then 1 elif . then 2 end"],
  ...["if . then 1 elif . then 2 else 3 end", "if if . then 1 else 2 end then 3 else 4 end"],
  ...["if (if . then 1 end) then 3 else 4 end", "[.[] | if . then 1 end]", "{a:(if . then 1 end)}"],
  ...['"\\(if . then 1 end)"', '"\\(if . then 1 else 2 end)"', '"if . then 1 end"', "# if\n1"],
  ...["{if:1}", "{if}", "{and}", "{end:1}", "{then:1,else:2}", "{not}", "{a,b}", "{__loc__}"],
  ...["if {if:1} then 2 else 3 end", '{"if":1}', "{$x}", "1 as $x | {$x}", "{$__loc__}"],
  ...["$__loc__", "$__loc__.line", "{a:$__loc__}", "abs", ".abs", "{abs}", "{abs:1}", "{a:abs}"],
  ...["1 as $abs | $abs", "def abs: 1; abs", "def f(abs): abs; f(1)", '"\\(abs)"', '"abs"'],
  ...["pick(.a)", "{pick:1}", 'scan("a")', 'scan("a";"g")', 'scan("a;b")', "debug", 'debug("x")'],
  ...["toarray", "trim", "ltrim", "rtrim", 'trimstr("a")', "add", "add(.[])", "have_decnum"],
  ...["have_literal_numbers", "leaf_paths", "recurse_down", "scalars_or_empty", "@base32d", "@uri"],
  ...["limit(1;.[])", "first(.[])", "isempty(.a)", "error(null)", 'getpath(["a"])', 'splits("a")'],
  ...["ascii_downcase", "tostring", "tonumber", 'strftime("%Y")', "fromdate", "now", "todate"],
  ...['.t | strptime("%Y")', 'gsub("a";"b")', 'test("a";"i")', 'sub("a";"b";"g")', "@base64d"],
  ...[".a // .b", '.a // "x" | tostring', ".a as $x | $x", ". as [$a, {b: $c}] | $a"],
  ...[".a as [$x] ?// $x | $x", "reduce .[] as $x (0; . + $x)", "foreach .[] as $x (0; 1; 2)"],
  ...["label $out | 1, break $out", 'try error("x") catch .', ".a?", "try .a", "-(1)", "- .a"],
  ...["{a:1+2}", "{a:1//2}", "{a:-1}", "{a:1|2}", "{a:.b|.c}", "{(.a):1}", '{"x\\(1)":2}'],
  ...["nope", "nope(1)", "$x", "'a'", "(", ")", "[", "]", "{", "}", "", " ", "|", ".a |", "1 2"],
  ...[".a), (.b", ".a], [.b", ".a # comment", "# only", 'import "a" as a; 1', 'include "a"; 1'],
  ...["@x", '@json "x\\(.)"', "1.5", ".5", "1e3", '"a', "a::b", "input", "env.HOME", "$ENV.HOME"],
  ...["not", "and", "1 and 2", "1 or", "[1,]", "{a:1,}", "getpath", "error(1;2)", "1?", "1??"],
  ...["walk(.)", "INDEX(.a)", "IN(.a)", "ascii", "implode", 'splits("a";null)', "halt", "env"],
];

describe("jqProblem", () => {
  it("accepts exactly the expressions that jq 1.6 compiles", async () => {
    const compiles = await compilerOf16();
    for (const expression of expressions) {
      const problem = jqProblem(expression);
      assert.equal(problem === undefined, await compiles(expression), `${expression}: ${problem}`);
    }
  });

  it("says what does not compile, or what jq 1.6 does not have", () => {
    const problems = {
      nope: "does not compile: nope/0 is not defined",
      ".a ' b": "does not compile: syntax error, unexpected an invalid character",
      "if .a then .b end": "has if without else, which Firehose's jq 1.6 does not have",
      ".a.[0]":
        "has a dot in front of a bracket, as in .a.[0], which Firehose's jq 1.6 does not have",
      "pick(.a)": "has the function pick/1, which Firehose's jq 1.6 does not have",
    };
    for (const [expression, problem] of Object.entries(problems))
      assert.equal(jqProblem(expression), problem);
  });
});

describe("metadataQuery", () => {
  it("is an object with a member for each key, which jq compiles", () => {
    const keys = { customer: ".customer.id", day: ".t | .[0:10]", x: '.a // "x" # comment' };
    const query = metadataQuery(keys);
    assert.equal(query, '{customer:.customer.id,day:(.t | .[0:10]),x:(.a // "x" # comment\n)}');
    assert.equal(jqProblem(query), undefined);
  });
});
