import type { Conversion } from "../../../../aws/firehose/conversion/convertRecords";
import { hive, openX } from "../support/conversion";

/** What a record with one column becomes. */
export interface Vector {
  /** Of the column `c`, or of several columns by name. */
  readonly type: string | Readonly<Record<string, string>>;
  readonly record: string;
  /** The value of `c`, or the whole row, as DuckDB reads it; `fails` with the message of the error object. */
  readonly becomes: unknown;
  readonly source: Source;
  readonly from?: Conversion["from"];
}

/**
 * - `observed`: an object of AWS, as published
 * - `guide`: Firehose Developer Guide or API Reference
 * - `java`, `hive`, `jackson`: the library that AWS uses, by its documentation
 * - `choice`: not documented; what is done here
 */
type Source = "observed" | "guide" | "java" | "hive" | "jackson" | "choice";

/** A failure: its code is that of ParseError if the message begins as one. */
class Failure {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export function isFailure(value: unknown): value is Failure {
  return value instanceof Failure;
}

const fails = (message: string) => new Failure(message);
const mismatch = (cause: string) => fails(`Data does not match the schema. ${cause}`);
const input = (text: string) => mismatch(`For input string: "${text}"`);
const noTimestamp = mismatch("Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff]");
const noDate = mismatch("Date format must be yyyy-mm-dd");
const parse = (cause: string) => fails(`Encountered malformed JSON. ${cause}`);

const caseSensitive = { ...openX, caseInsensitive: false };
const dots = { ...openX, convertDotsInJsonKeysToUnderscores: true };
const mapped = { ...openX, columnToJsonKeyMappings: { c: "sym" } };
const formats = (...timestampFormats: readonly string[]) => ({ ...hive, timestampFormats });

type Row = readonly [
  type: Vector["type"],
  record: string,
  becomes: unknown,
  source: Source,
  from?: Conversion["from"],
];

function vector([type, record, becomes, source, from]: Row): Vector {
  return { type, record, becomes, source, ...(from && { from }) };
}

const ticker = { ticker: "string", price: "double", qty: "int" };

/** Records as a whole. */
export const records: readonly Vector[] = (
  [
    [ticker, '{"ticker":"A"}', { ticker: "A", price: null, qty: null }, "observed"],
    [ticker, '{"price":"2.25","qty":"20"}', { ticker: null, price: 2.25, qty: 20 }, "observed"],
    [ticker, '{"TICKER":"A","Price":1}', { ticker: "A", price: 1, qty: null }, "observed"],
    [ticker, '{"qty":null,"other":{"x":1}}', { ticker: null, price: null, qty: null }, "observed"],
    ["string", "not json", parse('Unexpected "n" at character 1: expected a value.'), "observed"],
    [
      "string",
      '{"c":"a"} and so on',
      parse('Unexpected "a" at character 11: expected a value.'),
      "observed",
    ],
    ["string", "", fails("The record was empty or contained only whitespace."), "observed"],
    ["string", " \n", fails("The record was empty or contained only whitespace."), "observed"],
    ["string", "[1]", mismatch("The record is a JSON array, not an object."), "observed"],
    [
      "string",
      '[{"c":"a"},{"c":"b"}]',
      mismatch("The record is a JSON array, not an object."),
      "guide",
    ],
    [
      "string",
      "42",
      fails(
        "The input JSON contained a primitive at the top level. The top level must be an object or array.",
      ),
      "observed",
    ],
    [
      "string",
      '"text"',
      fails(
        "The input JSON contained a primitive at the top level. The top level must be an object or array.",
      ),
      "observed",
    ],
    [
      "string",
      '{"c":"a"',
      parse('Unexpected end after 8 characters: expected "," or "}".'),
      "jackson",
    ],
    ["string", '{"c":01}', parse('Unexpected "1" at character 7: expected "," or "}".'), "jackson"],
    ["string", "{'c':1}", parse('Unexpected "\'" at character 2: expected a key.'), "jackson"],
    ["string", '{"c":"a",}', parse('Unexpected "}" at character 10: expected a key.'), "jackson"],
    [
      "string",
      '{"c":"a\nb"}',
      parse('Unexpected "\\n" at character 8: expected the end of a string.'),
      "jackson",
    ],
    [
      "string",
      '{"c":"\\x"}',
      parse('Unexpected "x" at character 8: expected an escape.'),
      "jackson",
    ],
    ["string", '{"c":NaN}', parse('Unexpected "N" at character 6: expected a value.'), "jackson"],
    ["string", '\u{feff}{"c":"a"}', "a", "jackson"],
    ["string", '{"c":"a","c":"b"}', "b", "jackson"],
    ["string", '{"c":"\\u00e4\\ud83d\\ude00\\n"}', "ä😀\n", "jackson"],
    [
      "string",
      `{"x":${"[".repeat(1001)}}`,
      parse("The document is nested more than 1000 levels deep."),
      "jackson",
    ],
  ] satisfies readonly Row[]
).map(vector);

/** Keys, as OpenX compares them with columns. */
const keys: readonly Row[] = [
  ["string", '{"SYM":"A"}', "A", "observed", mapped],
  ["string", '{"c":"A"}', null, "observed", mapped],
  ["double", '{"C":1.5}', null, "observed", caseSensitive],
  ["double", '{"c":1.5}', 1.5, "observed", caseSensitive],
  ["string", '{"C":"other","c":"exact"}', "exact", "observed"],
  ["string", '{"c":"exact","C":"other"}', "exact", "observed"],
  [{ a_b: "int" }, '{"a.b":1}', { a_b: 1 }, "guide", dots],
  [{ a_b: "int" }, '{"a.b":1}', { a_b: null }, "guide"],
  ["struct<a_b:int>", '{"c":{"A.b":1}}', { a_b: 1 }, "choice", dots],
  ["struct<a:int>", '{"c":{"A":1}}', { a: 1 }, "observed"],
  [
    "struct<name:string,age:int>",
    '{"c":{"NAME":"Bob","age":2}}',
    { name: null, age: 2 },
    "observed",
    caseSensitive,
  ],
  ["map<string,int>", '{"c":{"K":1}}', [{ key: "k", value: 1 }], "observed"],
  ["map<string,int>", '{"c":{"K":1}}', [{ key: "K", value: 1 }], "observed", caseSensitive],
  ["string", '{"c":{"A":1}}', '{"a":1}', "observed"],
  ["string", '{"c":{"Outer":{"Inner":[1, null]}}}', '{"outer":{"inner":[1,null]}}', "observed"],
  ["string", '{"c":{"A":1}}', '{"A":1}', "choice", caseSensitive],
];

/** Numbers, truth and strings in OpenX. */
const scalars: readonly Row[] = [
  ["double", '{"c":"oops"}', input("oops"), "observed"],
  ["double", '{"c":""}', mismatch("empty String"), "java"],
  ["double", '{"c":" 1.5e3d "}', 1500, "java"],
  ["double", '{"c":1e1000}', mismatch("The value 1e1000 is out of range for double"), "choice"],
  ["double", '{"c":"NaN"}', input("NaN"), "choice"],
  ["float", '{"c":1e100}', mismatch("The value 1e100 is out of range for float"), "choice"],
  ["float", '{"c":0.5}', 0.5, "guide"],
  ["double", '{"c":true}', input("true"), "choice"],
  ["int", '{"c":"oops"}', input("oops"), "observed"],
  ["int", '{"c":"1.5"}', input("1.5"), "java"],
  ["int", '{"c":1.9}', 1, "choice"],
  ["int", '{"c":-1.9}', -1, "choice"],
  ["int", '{"c":1e3}', 1000, "choice"],
  ["int", '{"c":"0x1F"}', 31, "choice"],
  ["int", '{"c":"+7"}', 7, "java"],
  ["int", '{"c":2147483647}', 2147483647, "java"],
  ["int", '{"c":2147483648}', mismatch("The value 2147483648 is out of range for int"), "observed"],
  ["int", '{"c":"2147483648"}', input("2147483648"), "java"],
  ["tinyint", '{"c":127}', 127, "observed"],
  ["tinyint", '{"c":128}', mismatch("The value 128 is out of range for tinyint"), "observed"],
  ["tinyint", '{"c":-128}', -128, "java"],
  ["tinyint", '{"c":"128"}', mismatch('Value out of range. Value:"128" Radix:10'), "java"],
  [
    "smallint",
    '{"c":-32769}',
    mismatch("The value -32769 is out of range for smallint"),
    "observed",
  ],
  ["bigint", '{"c":9223372036854775807}', "9223372036854775807", "java"],
  ["bigint", '{"c":"-9223372036854775808"}', "-9223372036854775808", "java"],
  [
    "bigint",
    '{"c":9223372036854775808}',
    mismatch("The value 9223372036854775808 is out of range for bigint"),
    "observed",
  ],
  ["bigint", '{"c":9007199254740993}', "9007199254740993", "java"],
  ["boolean", '{"c":true}', true, "observed"],
  ["boolean", '{"c":"false"}', false, "observed"],
  ["boolean", '{"c":"maybe"}', input("maybe"), "observed"],
  ["boolean", '{"c":1}', input("1"), "choice"],
  ["string", '{"c":42}', "42", "observed"],
  ["string", '{"c":1.50}', "1.50", "choice"],
  ["string", '{"c":true}', "true", "observed"],
  ["string", '{"c":["a", "b"]}', '["a","b"]', "observed"],
  ["string", '{"c":""}', "", "observed"],
  ["varchar(3)", '{"c":"ä😀bcd"}', "ä😀b", "hive"],
  ["char(4)", '{"c":"ab  cd"}', "ab", "hive"],
  ["binary", '{"c":"ab"}', "ab", "choice"],
  ["decimal(4,2)", '{"c":12.345}', "12.35", "observed"],
  ["decimal(4,2)", '{"c":-12.345}', "-12.35", "hive"],
  ["decimal(4,2)", '{"c":"12.344"}', "12.34", "observed"],
  [
    "decimal(4,2)",
    '{"c":12345.67}',
    mismatch("The value 12345.67 is out of range for decimal(4,2)"),
    "observed",
  ],
  [
    "decimal(4,2)",
    '{"c":99.995}',
    mismatch("The value 99.995 is out of range for decimal(4,2)"),
    "hive",
  ],
  ["decimal(22,2)", '{"c":12345678901234567890.12}', "12345678901234567890.12", "observed"],
  [
    "decimal(22,2)",
    '{"c":"1e1000000000"}',
    mismatch("The value 1e1000000000 is out of range for decimal(22,2)"),
    "observed",
  ],
  ["decimal(22,2)", '{"c":"1e-1000000000"}', "0.00", "observed"],
  ["decimal(22,2)", '{"c":"0e1000000000"}', "0.00", "observed"],
  ["decimal", '{"c":1.5}', "2", "hive"],
  ["decimal(4,2)", '{"c":"1,5"}', input("1,5"), "choice"],
];

/** Lists, maps and structs in OpenX. */
const nested: readonly Row[] = [
  [
    "struct<a:int>",
    '{"c":42}',
    mismatch("Data is not JSONObject  but java.lang.Long with value 42"),
    "observed",
  ],
  [
    "struct<a:int>",
    '{"c":"x"}',
    mismatch("Data is not JSONObject  but java.lang.String with value x"),
    "observed",
  ],
  ["struct<a:int,b:int>", '{"c":[1]}', { a: 1, b: null }, "observed"],
  ["struct<name:string,age:int>", '{"c":["Zoe",9,"ignored"]}', { name: "Zoe", age: 9 }, "observed"],
  [
    "struct<name:string,age:int>",
    '{"c":{"name":"C","extra":1}}',
    { name: "C", age: null },
    "observed",
  ],
  ["struct<name:string,age:int>", '{"c":{}}', { name: null, age: null }, "observed"],
  ["array<string>", '{"c":"x"}', ["x"], "observed"],
  ["array<string>", '{"c":[1,2]}', ["1", "2"], "observed"],
  ["array<string>", '{"c":["a",null]}', ["a", null], "observed"],
  ["array<string>", '{"c":[]}', [], "observed"],
  ["array<string>", '{"c":null}', null, "observed"],
  [
    "array<struct<sku:string,qty:int>>",
    '{"c":{"sku":"x","qty":1}}',
    [{ sku: "x", qty: 1 }],
    "observed",
  ],
  ["array<struct<qty:int>>", '{"c":[{"qty":"3"},null]}', [{ qty: 3 }, null], "observed"],
  ["array<struct<qty:int>>", '{"c":[{"qty":"oops"}]}', input("oops"), "observed"],
  ["map<string,array<string>>", '{"c":{}}', [], "observed"],
  ["map<string,array<string>>", '{"c":{"k":null}}', [{ key: "k", value: null }], "observed"],
  [
    "map<string,int>",
    '{"c":[]}',
    mismatch("Data is not JSONObject  but org.openx.data.jsonserde.json.JSONArray with value []"),
    "observed",
  ],
  ["map<int,int>", '{"c":{"7":8}}', [{ key: 7, value: 8 }], "choice"],
  ["map<int,int>", '{"c":{"x":8}}', input("x"), "choice"],
];

/** Timestamps and dates in OpenX. */
const moments: readonly Row[] = [
  ["timestamp", '{"c":1518033528}', "2018-02-07 19:58:48", "observed"],
  ["timestamp", '{"c":1518033528123}', "2018-02-07 19:58:48.123", "observed"],
  ["timestamp", '{"c":"1518033528123"}', "2018-02-07 19:58:48.123", "observed"],
  ["timestamp", '{"c":1518033528.123}', "2018-02-07 19:58:48.123", "observed"],
  ["timestamp", '{"c":-1000}', "1969-12-31 23:43:20", "observed"],
  ["timestamp", '{"c":0}', "1970-01-01 00:00:00", "observed"],
  ["timestamp", '{"c":1000000000000}', "2001-09-09 01:46:40", "observed"],
  // AWS's nanoseconds overflow to the year 2092.
  ["timestamp", '{"c":999999999999}', "33658-09-27 01:46:39", "choice"],
  ["timestamp", '{"c":18446744073709551616}', noTimestamp, "choice"],
  ["timestamp", '{"c":"1e1000000000"}', noTimestamp, "choice"],
  ["timestamp", '{"c":"2026-09-07 12:00:02"}', "2026-09-07 12:00:02", "guide"],
  ["timestamp", '{"c":"2026-09-07 1:2:3"}', "2026-09-07 01:02:03", "observed"],
  ["timestamp", '{"c":"2026-9-7 12:00:02.5"}', "2026-09-07 12:00:02.5", "guide"],
  ["timestamp", '{"c":"2017-02-07T15:13:01.39256Z"}', "2017-02-07 15:13:01.39256", "guide"],
  ["timestamp", '{"c":"2018-02-07T20:38:48Z"}', "2018-02-07 20:38:48", "observed"],
  ["timestamp", '{"c":"2026-9-7T12:00:02Z"}', noTimestamp, "observed"],
  ["timestamp", '{"c":"2026-05-21T14:00:00+00:00"}', noTimestamp, "observed"],
  ["timestamp", '{"c":"2026-02-30 00:00:00"}', noTimestamp, "choice"],
  ["timestamp", '{"c":"0001-01-01 00:00:00"}', "0001-01-01 00:00:00", "choice"],
  ["timestamp", '{"c":"2026-09-07 12:00:02.123456789"}', "2026-09-07 12:00:02.123456", "choice"],
  ["timestamp", '{"c":true}', noTimestamp, "choice"],
  ["date", '{"c":"2026-9-7"}', "2026-09-07", "observed"],
  ["date", '{"c":"1969-12-31"}', "1969-12-31", "observed"],
  ["date", '{"c":"2026-09-07 00:00:00"}', noDate, "choice"],
  ["date", '{"c":20000}', noDate, "choice"],
];

const notNumeric = (token: string) =>
  mismatch(`Current token (${token}) not numeric, can not use numeric value accessors`);
const noArray = mismatch("java.io.IOException: Start of Array expected");
const noObject = mismatch("java.io.IOException: Start of Object expected");
const incorrect = fails(
  "One or more fields have incorrect format. Exception when validating field (root)",
);

/** The Hive JSON deserializer. */
const hiveRows: readonly Row[] = [
  ["int", '{"c":"20"}', notNumeric("VALUE_STRING"), "observed"],
  ["int", '{"c":true}', notNumeric("VALUE_TRUE"), "jackson"],
  ["double", '{"c":[1]}', notNumeric("START_ARRAY"), "jackson"],
  ["decimal(4,2)", '{"c":"1.5"}', notNumeric("VALUE_STRING"), "jackson"],
  ["decimal(4,2)", '{"c":12.345}', "12.35", "hive"],
  ["int", '{"c":20}', 20, "observed"],
  ["int", '{"c":20.9}', 20, "jackson"],
  [
    "int",
    '{"c":3000000000}',
    mismatch("Numeric value (3000000000) out of range of int"),
    "jackson",
  ],
  ["tinyint", '{"c":128}', mismatch("Numeric value (128) out of range of Java byte"), "choice"],
  ["bigint", '{"c":9007199254740993}', "9007199254740993", "jackson"],
  ["float", '{"c":1.5}', 1.5, "jackson"],
  ["boolean", '{"c":false}', false, "observed"],
  [
    "boolean",
    '{"c":"true"}',
    mismatch("Current token (VALUE_STRING) not of boolean type"),
    "jackson",
  ],
  ["array<string>", '{"c":"x"}', noArray, "observed"],
  ["array<struct<a:int>>", '{"c":{"a":1}}', noArray, "observed"],
  ["map<string,array<string>>", '{"c":{"k":"x"}}', noArray, "observed"],
  ["struct<a:int>", '{"c":[1]}', noObject, "observed"],
  ["struct<a:int>", '{"c":42}', noObject, "observed"],
  ["map<string,int>", '{"c":[1]}', noObject, "hive"],
  ["string", '{"c":{"a":1}}', incorrect, "observed"],
  ["array<string>", '{"c":[{"a":1}]}', incorrect, "observed"],
  ["string", '{"c":42}', "42", "observed"],
  ["string", '{"c":1.50}', "1.50", "jackson"],
  ["string", '{"C":"a"}', "a", "observed"],
  ["array<string>", '{"c":[1,null]}', ["1", null], "observed"],
  [
    "struct<name:string,age:int>",
    '{"c":{"NAME":"Bob","extra":1}}',
    { name: "Bob", age: null },
    "observed",
  ],
  ["map<string,int>", '{"c":{"K":1}}', [{ key: "K", value: 1 }], "observed"],
  ["map<bigint,int>", '{"c":{"7":1}}', [{ key: "7", value: 1 }], "hive"],
  ["varchar(2)", '{"c":"abc"}', "ab", "hive"],
  ["binary", '{"c":"ab"}', "ab", "hive"],
  ["date", '{"c":"2026-9-7"}', "2026-09-07", "java"],
  ["timestamp", '{"c":"2026-09-07 12:00:02.5"}', "2026-09-07 12:00:02.5", "guide"],
  ["timestamp", '{"c":"2026-09-07T12:00:02Z"}', noTimestamp, "guide"],
  ["timestamp", '{"c":1518033528123}', noTimestamp, "guide"],
  ["timestamp", '{"c":1518033528123}', "2018-02-07 19:58:48.123", "guide", formats("millis")],
  ["timestamp", '{"c":"1518033528123"}', "2018-02-07 19:58:48.123", "guide", formats("millis")],
  ["timestamp", '{"c":"2026-09-07 12:00:02"}', "2026-09-07 12:00:02", "hive", formats("millis")],
  [
    "timestamp",
    '{"c":"2026-09-07T12:00:02.123+0200"}',
    "2026-09-07 10:00:02.123",
    "guide",
    formats("yyyy-MM-dd'T'HH:mm:ss.SSSZ"),
  ],
  [
    "timestamp",
    '{"c":"07/Sep/26 01:02 PM"}',
    "2026-09-07 13:02:00",
    "guide",
    formats("yyyyMMdd", "dd/MMM/yy hh:mm a"),
  ],
  [
    "timestamp",
    '{"c":"20260907120002"}',
    "2026-09-07 12:00:02",
    "guide",
    formats("yyyyMMddHHmmss"),
  ],
  ["timestamp", '{"c":"2026"}', "2026-01-01 00:00:00", "hive", formats("yyyy")],
];

export const openXVectors = [...keys, ...scalars, ...nested, ...moments].map(vector);

export const hiveVectors = hiveRows
  .map(([type, record, becomes, source, from]): Row => [
    type,
    record,
    becomes,
    source,
    from ?? hive,
  ])
  .map(vector);
