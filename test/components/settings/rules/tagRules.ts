import { own, type Rule } from "./rule";

const { roleArn } = own;

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, "value"]));
const taggable = /^at most 50 tags; keys of 1 to 128/;

export const tagRules: readonly Rule[] = [
  {
    rule: "there are up to 50 tags",
    source: "Firehose API, TagDeliveryStream; the same for Kinesis, S3, KMS, IAM and CloudWatch",
    accepted: [{ tags: {} }, { tags: many(50) }],
    refused: [
      {
        args: { tags: many(51) },
        path: "tags",
        reason: /^has 51 tags$/,
        allowed: /^at most 50$/,
      },
    ],
  },
  {
    rule: "a tag's key has 1 to 128 letters, digits, spaces and some signs, and is not AWS's",
    source: "IAM API, Tag (pattern of Key); AWS General Reference, tag naming limits",
    accepted: ["k", "K".repeat(128), "größe 7 _.:/=+-@", "awsome", "my:aws:tag"].map((key) => ({
      tags: { [key]: "value" },
    })),
    refused: ["", "k".repeat(129), "aws:x", "AWS:x", "a#b", "a\nb", "100%"].map((key) => ({
      args: { tags: { [key]: "value" } },
      path: /^\w+$/.test(key) ? `tags.${key}` : `tags[${JSON.stringify(key)}]`,
      reason: /^has a name that is not allowed$/,
      allowed: taggable,
      mend: "surplus",
    })),
  },
  {
    rule: "a tag's value has up to 256 of them",
    source: "IAM API, Tag (pattern of Value); IAM User Guide: no value begins with aws:",
    accepted: ["", "v".repeat(256), "größe 7 _.:/=+-@"].map((value) => ({ tags: { key: value } })),
    refused: ["v".repeat(257), "a;b", "Aws:x", 7, null].map((value) => ({
      args: { tags: { key: value } },
      path: "tags.key",
      reason: /^is /,
      allowed: taggable,
    })),
  },
  {
    rule: "tags differ in more than upper and lower case, for the sake of roles",
    source: 'IAM: "Duplicate tag keys found. Please note that Tag keys are case insensitive."',
    accepted: [{ tags: { Team: "a", team: "b" }, existing: { roleArn } }],
    refused: [
      {
        args: { tags: { Team: "a", team: "b" } },
        path: "tags.team",
        reason: /^is the same tag to IAM as tags\.Team$/,
        allowed: /^keys that differ in more than/,
        mend: "surplus",
      },
    ],
  },
  {
    rule: "a tag is not lost on its way to AWS",
    source: "the pipeline's: JavaScript keeps the name to itself",
    accepted: [{ tags: { proto: "x", constructor: "y" } }],
    refused: [
      {
        args: { tags: JSON.parse('{"__proto__": "x"}') as object },
        path: "tags.__proto__",
        reason: /^has a name that JavaScript keeps to itself$/,
        allowed: /^any other name$/,
        mend: "surplus",
      },
    ],
  },
  {
    rule: "tags are a map",
    source: "the pipeline's",
    accepted: [],
    refused: [["a"], "team=growth", null].map((tags) => ({
      args: { tags },
      path: "tags",
      reason: /^is /,
      allowed: taggable,
    })),
  },
];
