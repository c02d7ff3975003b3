import type { Processor } from "../../../../aws/firehose/features/processorFeature";

/**
 * Where an expectation comes from: AWS's documentation or observations in AWS, jq 1.6, or, where AWS is
 * silent, the behavior that the local run documents.
 */
type Source =
  | "Developer Guide, Dynamic partitioning"
  | "Developer Guide, Apply dynamic partitioning to aggregated data"
  | "API, PutRecord"
  | "observed in AWS"
  | "jq 1.6"
  | "docs/local.md";

/** A record, and what becomes of it. */
export interface Vector {
  readonly id: string;
  readonly source: Source;
  readonly data: string | Uint8Array;
  readonly processors: readonly Processor[];
  readonly prefix: string;
  /** The partition of each record that results, or the error message of one that fails. */
  readonly expected: readonly string[];
}

const guide = "Developer Guide, Dynamic partitioning";
const aggregated = "Developer Guide, Apply dynamic partitioning to aggregated data";
const observed = "observed in AWS";
const jq = "jq 1.6";
const documented = "docs/local.md";

const noValue = "partitionKeys values must not be null or empty";
const noJson = "Non JSON record provided";

type Row = readonly [id: string, source: Source, data: string, query: string, expected: string];

export const doesNotCompile = "{a: .a";

/** Each query has the key `a`, and the prefix is its value with a slash. */
const queries: readonly Row[] = [
  ["J1", guide, '{"customer_id":"1234567890"}', "{a: .customer_id}", "1234567890/"],
  ["J2", guide, '{"t":1565382027}', '{a: (.t|strftime("%Y/%m/%d/%H"))}', "2019/08/09/20/"],
  ["J3", guide, '{"ms":1565382027123}', '{a: (.ms/1000|strftime("%H"))}', "20/"],
  ["J4", observed, "{}", "{a: .a.b.c}", noValue],
  ["J5", observed, '{"a":""}', '{a: (.a // "x")}', noValue],
  ["J6", jq, '{"a":""}', '{a: (if (.a // "") == "" then "x" else .a end)}', "x/"],
  ["J7", observed, '{"a":null}', '{a: (.a // "x")}', "x/"],
  ["J8", jq, '{"a":false}', '{a: (.a // "x")}', "x/"],
  ["J9", observed, "not json", "{a: .a}", noJson],
  ["J10", documented, "[1]", "{a: .a}", 'The query fails: Cannot index array with string "a"'],
  [
    "J11",
    documented,
    '{"a":[{"n":"x"},{"n":"y"}]}',
    "{a: .a[].n}",
    "The query has 2 outputs; allowed: one",
  ],
  ["J12", documented, '{"a":[]}', "{a: .a[].n}", "The query has 0 outputs; allowed: one"],
  ["J13", jq, '{"a":1.0}', "{a: (.a|tostring)}", "1/"],
  ["J14", jq, '{"a":9007199254740993}', "{a: (.a|tostring)}", "9007199254740992/"],
  ["J15", jq, '{"t":"2019-08-09T20:20:27Z"}', "{a: .t[0:10]}", "2019-08-09/"],
  [
    "J16",
    jq,
    '{"t":"2019-08-09T20:20:27.1Z"}',
    "{a: (.t|fromdate|tostring)}",
    'The query fails: date "2019-08-09T20:20:27.1Z" does not match format "%Y-%m-%dT%H:%M:%SZ"',
  ],
  ["J17 number", documented, '{"a":7}', "{a: .a}", "7/"],
  ["J17 boolean", documented, '{"a":true}', "{a: .a}", "true/"],
  [
    "J18",
    documented,
    '{"a":{"b":1}}',
    "{a: .a}",
    "The partition key a is neither a string nor a number",
  ],
  [
    "a query that does not compile",
    observed,
    '{"a":1}',
    doesNotCompile,
    "The query fails: syntax error, unexpected end of file, expecting '}' in line 1",
  ],
  ["a null value", observed, '{"a":null}', "{a: .a}", noValue],
  ["an empty string", observed, '{"a":""}', "{a: .a}", noValue],
  ["a string of spaces", documented, '{"a":"  "}', "{a: .a}", "  /"],
  ["a value with a slash", documented, '{"a":"x/y"}', "{a: .a}", "x/y/"],
  ["a value with two dots", documented, '{"a":".."}', "{a: .a}", "../"],
  ["a value outside of ASCII", documented, '{"a":"größe 𝄞"}', "{a: .a}", "größe 𝄞/"],
  ["an escaped value", jq, String.raw`{"a":"\u00e9\t"}`, "{a: .a}", "é\t/"],
  ["half of a surrogate pair", jq, String.raw`{"a":"x\ud800"}`, "{a: .a}", noJson],
  ["the other half of a pair", jq, String.raw`{"a":"x\udc00"}`, "{a: .a}", "x\ufffd/"],
  ["an escaped backslash", jq, String.raw`{"a":"\\ud800"}`, "{a: .a}", String.raw`\ud800/`],
  ["a value that looks like an expression", documented, '{"a":"!{x}"}', "{a: .a}", "!{x}/"],
  ["zero", documented, '{"a":0}', "{a: .a}", "0/"],
  ["false", documented, '{"a":false}', "{a: .a}", "false/"],
  ["a fraction", documented, '{"a":1.50}', "{a: .a}", "1.5/"],
  ["an exponent", jq, '{"a":1e3}', "{a: (.a|tostring)}", "1000/"],
  ["a large power of ten", jq, '{"a":1e17}', "{a: (.a|tostring)}", "1e+17/"],
  ["a small power of ten", jq, '{"a":1e-7}', "{a: (.a|tostring)}", "1e-07/"],
  ["an infinite number", jq, '{"a":1e1000}', "{a: (.a|tostring)}", "1.7976931348623157e+308/"],
  [
    "an id of 19 digits",
    jq,
    '{"a":1234567890123456789}',
    "{a: (.a|tostring)}",
    "1234567890123456800/",
  ],
  [
    "an array",
    documented,
    '{"a":[1]}',
    "{a: .a}",
    "The partition key a is neither a string nor a number",
  ],
  ["a key that is twice in the record", jq, '{"a":"x","a":"y"}', "{a: .a}", "y/"],
  ["white space around the record", jq, ' {"a":\r\n"x"} \n', "{a: .a}", "x/"],
  ["two objects in one record", observed, '{"a":"x"}{"a":"y"}', "{a: .a}", noJson],
  ["an empty record", observed, "", "{a: .a}", noJson],
  ["a number as record", documented, "7", "{a: .}", "7/"],
  ["NaN", documented, '{"a":NaN}', "{a: .a}", noJson],
  [
    "an output that is a string",
    documented,
    '{"a":"x"}',
    ".a",
    "The output of the query is not an object",
  ],
  [
    "an output that is an array",
    documented,
    '{"a":"x"}',
    "[.a]",
    "The output of the query is not an object",
  ],
  ["an output that is null", documented, "{}", "null", "The output of the query is not an object"],
  ["a query with the wrong key", documented, '{"b":"x"}', "{b: .b}", noValue],
  ["a comment in the query", jq, '{"a":"x"}', "{a: .a} # the customer", "x/"],
  ["a function in the query", jq, '{"a":"x"}', "def up: ascii_upcase; {a: (.a|up)}", "X/"],
  ["a query over two lines", jq, '{"a":"x"}', "{\n  a: .a\n}", "x/"],
  [
    "a query that begins with a hyphen",
    documented,
    "7",
    "-{a: .}",
    'The query fails: object ({"a":7}) cannot be negated',
  ],
  ["an error of the query", documented, "{}", 'error("late")', "The query fails: late"],
  ["an error that is an object", documented, "{}", "error({b: 1})", 'The query fails: {"b":1}'],
  ["a query that reads on", documented, "{}", "{a: input.a}", "The query fails: No more inputs"],
  ["a query that ends jq", documented, "{}", "halt", "The query fails: halt"],
  ["a query that prints", documented, '{"a":"x"}', "debug | {a: .a}", "x/"],
  ["the environment", documented, "{}", '{a: ($ENV.HOME // env.HOME // "none")}', "none/"],
  ["a key of the prototype", documented, '{"a":"x"}', '{"__proto__": .a}', noValue],
  ["a default in the query", jq, "{}", '{a: (.x // "unknown")}', "unknown/"],
  ["a text of several values", jq, '{"a":"x","b":2}', '{a: "\\(.a)-\\(.b)"}', "x-2/"],
  ["a prefix of 512 bytes", documented, '{"a":"x"}', "{a: (.a * 511)}", `${"x".repeat(511)}/`],
  [
    "a prefix of 513 bytes",
    documented,
    '{"a":"é"}',
    "{a: (.a * 256)}",
    "The evaluated prefix has more than 512 bytes in UTF-8",
  ],
  ["a nested value", guide, '{"type":{"device":"mobile"}}', "{a: .type.device}", "mobile/"],
  [
    "a value of strptime",
    jq,
    '{"t":"09/Aug/2019"}',
    '{a: (.t|strptime("%d/%b/%Y")|mktime|tostring)}',
    "1565308800/",
  ],
  ["gsub", jq, '{"a":"a b c"}', '{a: (.a|gsub(" ";"_"))}', "a_b_c/"],
  ["test", jq, '{"a":"eu-1"}', '{a: (if .a|test("^eu") then "eu" else "other" end)}', "eu/"],
  ["@base64d", jq, '{"a":"aGk="}', "{a: (.a|@base64d)}", "hi/"],
];

type SplitRow = readonly [
  id: string,
  source: Source,
  data: string,
  subRecords: "JSON" | { readonly delimiter: string },
  expected: readonly string[],
];

const objects = (count: number) => '{"a":1}'.repeat(count);
const tooMany =
  "Firehose did not de-aggregate the records because the count of split records exceeded limit of 500.";

/** The key `a` of each object, or all of the record with a delimiter. */
const splits: readonly SplitRow[] = [
  ["A1", aggregated, '{"a":1}{"a":2}', "JSON", ["1/", "2/"]],
  ["A2", aggregated, '{"a":1}\n{"a":2}\n', "JSON", ["1/", "2/"]],
  [
    "A3",
    aggregated,
    '[{"a":1},{"a":2}]',
    "JSON",
    ['The query fails: Cannot index array with string "a"'],
  ],
  ["A4", aggregated, '"x"####"y"', { delimiter: "IyMjIw==" }, ["x/", "y/"]],
  ["A5", observed, objects(501), "JSON", [tooMany]],
  ["500 objects", aggregated, objects(500), "JSON", Array<string>(500).fill("1/")],
  ["one object", aggregated, '{"a":1}', "JSON", ["1/"]],
  ["spaces between objects", documented, ' {"a":1} \t\r\n {"a":2} ', "JSON", ["1/", "2/"]],
  ["an object over several lines", documented, '{\n"a":1\n}{"a":2}', "JSON", ["1/", "2/"]],
  [
    "braces and quotes in strings",
    aggregated,
    String.raw`{"a":"}{\"\\"}{"a":2}`,
    "JSON",
    [String.raw`}{"\ `.trim() + "/", "2/"],
  ],
  ["nested objects", aggregated, '{"a":3,"b":{"c":{}}}{"a":2,"b":[{}]}', "JSON", ["3/", "2/"]],
  ["commas between objects", documented, '{"a":1},{"a":2}', "JSON", [noJson]],
  ["an object that does not end", documented, '{"a":1}{"a":2', "JSON", [noJson]],
  ["an object that is not JSON", documented, '{"a":1}{a:2}', "JSON", [noJson]],
  ["text after an object", documented, '{"a":1} end', "JSON", [noJson]],
  ["an empty record, split", documented, "", "JSON", [noJson]],
  ["a record of white space", documented, " \n", "JSON", [noJson]],
  ["a delimiter at the end", documented, '"x"##', { delimiter: "IyM=" }, ["x/"]],
  ["two delimiters", documented, '##"x"####"y"', { delimiter: "IyM=" }, ["x/", "y/"]],
  ["no delimiter", documented, '"x"', { delimiter: "IyM=" }, ["x/"]],
  ["a newline as delimiter", aggregated, '"x"\n"y"', { delimiter: "Cg==" }, ["x/", "y/"]],
  ["501 delimited records", observed, '"x"#'.repeat(501), { delimiter: "Iw==" }, [tooMany]],
];

const extraction = (query: string): Processor => ({ type: "MetadataExtraction", query });
const prefix = "!{partitionKeyFromQuery:a}/";

export const vectors: readonly Vector[] = [
  ...queries.map(([id, source, data, query, expected]) => ({
    ...{ id, source, data, prefix },
    processors: [extraction(query)],
    expected: [expected],
  })),
  ...splits.map(([id, source, data, subRecords, expected]): Vector => {
    const query = subRecords === "JSON" ? "{a: .a}" : "{a: .}";
    const processors = [{ type: "RecordDeAggregation", subRecords } as const, extraction(query)];
    return { id, source, data, prefix, processors, expected };
  }),
];

/** The queries with the records that they are applied to, apart from those whose source is not jq. */
export const vectorQueries: readonly (readonly [query: string, data: string])[] = queries
  .filter(([, source]) => source !== documented)
  .map(([, , data, query]) => [query, data]);
