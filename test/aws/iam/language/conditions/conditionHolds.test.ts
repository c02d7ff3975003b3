import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestContext } from "../../../../../aws/iam/accessRequest";
import { conditionHolds } from "../../../../../aws/iam/language/conditions/conditionHolds";
import { readOperator } from "../../../../../aws/iam/language/conditions/conditionOperator";

type Values = string | readonly string[];

/**
 * @param actual values of the key in the request; undefined if the key is absent
 * @param more other keys of the request
 */
function holds(
  name: string,
  wanted: Values,
  actual: Values | undefined,
  more = {},
): boolean | undefined {
  const operator = readOperator(name);
  assert.ok(operator, name);
  const values = typeof wanted === "string" ? [wanted] : wanted;
  const key = { "*": [], ...(actual === undefined ? {} : { "test:Key": actual }), ...more };
  const condition = { operator, key: "TEST:key", values };
  return conditionHolds(condition, "2012-10-17", new RequestContext(key));
}

const arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";

/** Operator, value in the policy, value in the request, whether they match. */
const pairs: readonly (readonly [string, Values, string, boolean])[] = [
  ["StringEquals", "lake", "lake", true],
  ["StringEquals", "lake", "Lake", false],
  ["StringEquals", "la*", "lake", false],
  ["StringEquals", "la*", "la*", true],
  ["StringEquals", ["a", "lake"], "lake", true],
  ["StringEquals", "", "", true],
  ["StringEqualsIgnoreCase", "lake", "LAKE", true],
  ["StringEqualsIgnoreCase", "lake", "lakes", false],
  ["StringLike", "raw/*", "raw/2026/x", true],
  ["StringLike", "raw/?", "raw/22", false],
  ["StringLike", "RAW/*", "raw/2026", false],
  ["NumericEquals", "1.20", "1.2", true],
  ["NumericEquals", "1", "one", false],
  ["NumericLessThan", "1.2", "1.1", true],
  ["NumericLessThan", "1.2", "1.2", false],
  ["NumericLessThan", "9", "10", false],
  ["NumericLessThanEquals", "1.2", "1.2", true],
  ["NumericLessThanEquals", "1.2", "1.3", false],
  ["NumericGreaterThan", "-1", "0", true],
  ["NumericGreaterThan", "0", "0", false],
  ["NumericGreaterThanEquals", "0", "0", true],
  ["NumericGreaterThanEquals", "0", "", false],
  ["DateEquals", "2026-01-31T12:00:00Z", "2026-01-31T13:00:00+01:00", true],
  ["DateEquals", "1769860800", "2026-01-31T12:00:00Z", true],
  ["DateEquals", "2026", "2026-01-01T00:00:00Z", true],
  ["DateLessThan", "2026-01-31", "2026-01-30T23:59:59.999Z", true],
  ["DateLessThan", "2026-01-31", "2026-01-31T00:00Z", false],
  ["DateLessThanEquals", "2026-01-31", "2026-01-31T00:00Z", true],
  ["DateLessThanEquals", "2026-01-31", "soon", false],
  ["DateGreaterThan", "2026-01", "2026-01-01T00:00:01Z", true],
  ["DateGreaterThan", "2026-01", "2025-12-31T23:59:59Z", false],
  ["DateGreaterThanEquals", "2026-01", "2026-01-01T00:00:00Z", true],
  ["DateGreaterThanEquals", "2026-01", "1", false],
  ["Bool", "true", "true", true],
  ["Bool", "True", "true", true],
  ["Bool", "false", "true", false],
  ["BinaryEquals", "bGFrZQ==", "bGFrZQ==", true],
  ["BinaryEquals", "bGFrZQ==", "bGFrZXM=", false],
  ["BinaryEquals", "bGFrZQ==", "lake", false],
  ["IpAddress", "203.0.113.0/24", "203.0.113.255", true],
  ["IpAddress", "203.0.113.0/24", "203.0.114.0", false],
  ["IpAddress", "203.0.113.7", "203.0.113.7", true],
  ["IpAddress", "203.0.113.7", "203.0.113.8", false],
  ["IpAddress", "0.0.0.0/0", "203.0.113.7", true],
  ["IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5678:9::1", true],
  ["IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5679::1", false],
  ["IpAddress", "2001:db8::1", "2001:db8:0::1", true],
  ["IpAddress", "::/0", "203.0.113.7", false],
  ["IpAddress", ["203.0.113.0/24", "2001:db8::/32"], "2001:db8::1", true],
  ["IpAddress", "0.0.0.0/0", "localhost", false],
  ["ArnEquals", arn, arn, true],
  ["ArnEquals", "arn:aws:kinesis:*:123456789012:stream/*", arn, true],
  ["ArnEquals", "arn:aws:kinesis:*:210987654321:stream/*", arn, false],
  ["ArnLike", "arn:aws:kinesis:eu-*-?:123456789012:stream/event?", arn, true],
  // AWS's example of the difference: wildcards of ARN operators do not match colons.
  [
    "ArnLike",
    "arn:aws:someservice:*:111122223333:finance/*",
    "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
    false,
  ],
  [
    "StringLike",
    "arn:aws:someservice:*:111122223333:finance/*",
    "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
    true,
  ],
  ["ArnLike", "arn:aws:logs:*:*:*", "arn:aws:logs:eu-west-1:123456789012:log-group:g:*", true],
  ["ArnLike", "arn:aws:logs:*", arn, false],
  ["ArnLike", "*", arn, true],
  ["ArnLike", "*", "events", false],
];

const negations: Readonly<Record<string, string>> = {
  StringEquals: "StringNotEquals",
  StringEqualsIgnoreCase: "StringNotEqualsIgnoreCase",
  StringLike: "StringNotLike",
  NumericEquals: "NumericNotEquals",
  DateEquals: "DateNotEquals",
  IpAddress: "NotIpAddress",
  ArnEquals: "ArnNotEquals",
  ArnLike: "ArnNotLike",
};
const positives = [...new Set(pairs.map(([name]) => name))];

describe("condition operators", () => {
  for (const [name, wanted, actual, expected] of pairs) {
    it(`${name} ${JSON.stringify(wanted)} ${expected ? "holds" : "fails"} for "${actual}"`, () => {
      assert.equal(holds(name, wanted, actual), expected);
      assert.equal(holds(`${name}IfExists`, wanted, actual), expected);
      const negation = negations[name];
      if (negation !== undefined) assert.equal(holds(negation, wanted, actual), !expected);
    });
  }

  it("the table of examples covers every operator", () => {
    assert.equal(positives.length, 18);
    assert.ok(Object.keys(negations).every((name) => positives.includes(name)));
  });

  it("operators fail without the key, except negated ones and those with IfExists", () => {
    for (const name of positives) {
      assert.equal(holds(name, "1", undefined), false, name);
      assert.equal(holds(`${name}IfExists`, "1", undefined), true, name);
    }
    for (const name of Object.values(negations)) {
      assert.equal(holds(name, "1", undefined), true, name);
      assert.equal(holds(`${name}IfExists`, "1", undefined), true, name);
    }
  });

  it("operators treat an empty list in the request as an absent key", () => {
    assert.equal(holds("StringEquals", "a", []), false);
    assert.equal(holds("StringNotEquals", "a", []), true);
    assert.equal(holds("Null", "true", []), true);
  });

  it("Null checks whether the key is absent", () => {
    assert.deepEqual(
      [holds("Null", "true", undefined), holds("Null", "true", "x"), holds("Null", "true", "")],
      [true, false, false],
    );
    assert.deepEqual(
      [holds("Null", "false", undefined), holds("Null", "False", "x")],
      [false, true],
    );
  });

  it("negated operators fail if any value matches", () => {
    assert.equal(holds("StringNotEquals", ["a", "b"], "b"), false);
    assert.equal(holds("StringNotEquals", ["a", "b"], "c"), true);
  });

  it("negated operators are the opposite of the others for any value", () => {
    const value = fc.string({ unit: fc.constantFrom("a", "A", "*", "?", ":", "1"), maxLength: 5 });
    const values = fc.array(value, { minLength: 1, maxLength: 3 });
    const operators = fc.constantFrom(...Object.entries(negations));
    fc.assert(
      fc.property(
        operators,
        values,
        fc.oneof(value, values),
        ([name, negation], wanted, actual) => {
          assert.notEqual(holds(name, wanted, actual), holds(negation, wanted, actual));
        },
      ),
    );
  });

  it("conditions substitute policy variables; one without a value matches nothing", () => {
    const more = { "aws:username": "ann" };
    assert.equal(holds("StringLike", "home/${aws:username}/*", "home/ann/x", more), true);
    assert.equal(holds("StringLike", "home/${aws:username}/*", "home/bob/x", more), false);
    assert.equal(holds("StringEquals", "${aws:userid}", "x"), false);
    assert.equal(holds("StringLike", "${aws:userid}*", "x"), false);
    // IAM User Guide, "Policy variables with no value": inverted operators match.
    assert.equal(holds("StringNotEquals", "${aws:userid}", "x"), true);
    assert.equal(holds("StringNotLike", "${aws:userid}*", "x"), true);
    assert.equal(holds("StringEquals", ["${aws:userid}", "x"], "x"), true);
    assert.equal(holds("StringNotEquals", ["${aws:userid}", "x"], "x"), false);
    assert.equal(holds("StringEqualsIfExists", "${aws:userid}", undefined), true);
    assert.equal(holds("StringEquals", "a${*}", "a*"), true);
    assert.equal(
      holds("ArnLike", "arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::1:user/ann", more),
      true,
    );
  });
});

describe("conditions on unknown values", () => {
  const unknown = { "test:*": [], "test:Known": ["a", "b"] };
  const holdsFor = (name: string, key: string, ...values: string[]): boolean | undefined => {
    const operator = readOperator(name);
    assert.ok(operator);
    return conditionHolds({ operator, key, values }, "2012-10-17", new RequestContext(unknown));
  };

  it("are undecided, whatever the operator", () => {
    for (const name of ["StringEquals", "StringNotLike", "Null", "ForAllValues:StringEquals"])
      assert.equal(holdsFor(name, "other:Key", "true"), undefined, name);
    assert.equal(holdsFor("Null", "test:Key", "true"), true);
  });

  it("are decided if the unknown value changes nothing", () => {
    assert.equal(holdsFor("StringEquals", "test:Known", "a", "${other:Key}"), true);
    assert.equal(holdsFor("StringEquals", "test:Known", "c", "${other:Key}"), undefined);
    assert.equal(holdsFor("StringNotEquals", "test:Known", "a", "${other:Key}"), false);
    assert.equal(holdsFor("StringNotEquals", "test:Known", "c", "${other:Key}"), undefined);
    assert.equal(
      holdsFor("ForAllValues:StringEquals", "test:Known", "a", "${other:Key}"),
      undefined,
    );
    assert.equal(
      holdsFor("ForAllValues:StringNotEquals", "test:Known", "a", "${other:Key}"),
      false,
    );
  });
});

describe("condition set operators", () => {
  const allowed = ["PostDateTime", "Message", "Tags"];
  const forbidden = ["ID", "PostDateTime"];

  // Examples of the AWS page on multivalued context keys.
  for (const [name, wanted, actual, expected] of [
    ["ForAllValues:StringLike", allowed, ["PostDateTime", "Message"], true],
    ["ForAllValues:StringLike", allowed, ["PostDateTime", "ID"], false],
    ["ForAllValues:StringLike", allowed, ["PostDateTime", "UserName"], false],
    ["ForAnyValue:StringLike", forbidden, ["PostDateTime", "Message"], true],
    ["ForAnyValue:StringLike", forbidden, ["UserName"], false],
    ["ForAnyValue:StringLike", forbidden, ["UserName", "Message", "PostDateTime"], true],
    ["ForAllValues:StringEquals", ["a"], undefined, true],
    ["ForAllValues:StringEquals", ["a"], [], true],
    ["ForAllValues:StringEquals", ["a"], "", true],
    ["ForAnyValue:StringEquals", ["a"], undefined, false],
    ["ForAnyValue:StringEquals", ["a", ""], "", false],
    ["ForAnyValue:StringEqualsIfExists", ["a"], undefined, false],
    ["ForAllValues:StringEqualsIfExists", ["a"], undefined, true],
    ["ForAllValues:StringNotEquals", ["a"], ["b", "c"], true],
    ["ForAllValues:StringNotEquals", ["a"], ["a", "b"], false],
    ["ForAllValues:StringNotEquals", ["a"], undefined, true],
    ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
    ["ForAnyValue:StringNotEquals", ["a"], ["a"], false],
    ["ForAnyValue:StringNotEquals", ["a"], undefined, false],
    ["ForAllValues:NumericLessThan", ["3"], ["1", "2"], true],
    ["ForAnyValue:ArnLike", ["arn:aws:s3:::*"], ["x", "arn:aws:s3:::lake"], true],
  ] as const) {
    it(`${name} ${wanted.join(" ")} ${expected ? "holds" : "fails"} for ${JSON.stringify(actual)}`, () => {
      assert.equal(holds(name, wanted, actual), expected);
    });
  }

  it("a list of one value needs no set operator", () => {
    assert.equal(holds("StringEquals", "a", ["a"]), true);
  });

  it("without a set operator, one match is enough, and a negated operator allows none", () => {
    assert.equal(holds("StringEquals", "a", ["a", "b"]), true);
    assert.equal(holds("StringNotEquals", "a", ["a", "b"]), false);
  });
});

describe("readOperator", () => {
  for (const name of [
    ...["stringEquals", "StringEqual", "ForSomeValues:StringEquals", "StringEqualsIfExist"],
    ...["NullIfExists", "ForAllValues:Null", "IfExists", "ArnEqual", "toString", ""],
  ]) {
    it(`does not accept the operator name "${name}"`, () => {
      assert.equal(readOperator(name), undefined);
    });
  }
});
