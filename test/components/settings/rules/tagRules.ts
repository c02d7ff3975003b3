import { arns, type Rule } from "./rule";

const { roleArn } = arns;

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, "value"]));
const taggable = /^at most 50 tags; keys of 1 to 128/;

export const tagRules: readonly Rule[] = [
  {
    rule: "there are at most 50 tags",
    source: "Firehose API, TagDeliveryStream; the same for Kinesis, S3, KMS, IAM and CloudWatch",
    accepted: [{ tags: {} }, { tags: many(50) }],
    rejected: [
      {
        args: { tags: many(51) },
        path: "tags",
        reason: /^has 51 tags$/,
        allowed: /^at most 50$/,
      },
    ],
  },
  {
    rule: "a tag's key has 1 to 128 letters, digits, spaces and certain symbols, and does not begin with aws:",
    source: "IAM API, Tag (pattern of Key); AWS General Reference, tag naming limits",
    accepted: ["k", "K".repeat(128), "größe 7 _.:/=+-@", "awsome", "my:aws:tag"].map((key) => ({
      tags: { [key]: "value" },
    })),
    rejected: ["", "k".repeat(129), "aws:x", "AWS:x", "a#b", "a\nb", "100%"].map((key) => ({
      args: { tags: { [key]: "value" } },
      path: /^\w+$/.test(key) ? `tags.${key}` : `tags[${JSON.stringify(key)}]`,
      reason: /^has a name that is not allowed$/,
      allowed: taggable,
      fix: "removal",
    })),
  },
  {
    rule: "a tag's value has up to 256 letters, digits, spaces and certain symbols, and does not begin with aws:",
    source: "IAM API, Tag (pattern of Value); IAM User Guide: no value begins with aws:",
    accepted: ["", "v".repeat(256), "größe 7 _.:/=+-@"].map((value) => ({ tags: { key: value } })),
    rejected: ["v".repeat(257), "a;b", "Aws:x", 7, null].map((value) => ({
      args: { tags: { key: value } },
      path: "tags.key",
      reason: /^is /,
      allowed: taggable,
    })),
  },
  {
    rule: "the keys of tags differ in more than case, because roles ignore case",
    source: 'IAM: "Duplicate tag keys found. Please note that Tag keys are case insensitive."',
    accepted: [{ tags: { Team: "a", team: "b" }, existing: { roleArn } }],
    rejected: [
      {
        args: { tags: { Team: "a", team: "b" } },
        path: "tags.team",
        reason: /^is the same tag as tags\.Team, because IAM ignores case$/,
        allowed: /^keys that differ in more than case$/,
        fix: "removal",
      },
    ],
  },
  {
    rule: "a tag does not have a name that JavaScript reserves",
    source: "the pipeline's: JavaScript would not pass it on to AWS",
    accepted: [{ tags: { proto: "x", constructor: "y" } }],
    rejected: [
      {
        args: { tags: JSON.parse('{"__proto__": "x"}') as object },
        path: "tags.__proto__",
        reason: /^has a reserved name$/,
        allowed: /^any other name$/,
        fix: "removal",
      },
    ],
  },
  {
    rule: "tags are a map of strings",
    source: "the pipeline's",
    accepted: [],
    rejected: [["a"], "team=growth", null].map((tags) => ({
      args: { tags },
      path: "tags",
      reason: /^is /,
      allowed: taggable,
    })),
  },
];
