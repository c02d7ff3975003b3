import type { Rule } from "./rule";

export const groupRules: readonly Rule[] = [
  {
    rule: "a group is a map of settings",
    source: "the pipeline's",
    accepted: [{}, { stream: undefined, protect: false }],
    rejected: [
      ...[24, [], null, "x", new Map([["retentionHours", 24]])].map((stream) => ({
        args: { stream },
        path: "stream",
        reason: /^is (24|a list of 0|null|"x"|an object)$/,
        allowed: /^a group of settings: shardCount, retentionHours, shardLevelMetrics$/,
      })),
      {
        args: { protect: "yes" },
        path: "protect",
        reason: /^is "yes"$/,
        allowed: /^true or false$/,
        fix: "suggestion",
      },
    ],
  },
];
