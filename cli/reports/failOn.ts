/** What a command can fail for, in addition to mandatory violations: see `--fail-on`. */
export type FailOn = (typeof FAIL_ON)[number];

/** Severities from the highest to the lowest: each includes the ones before. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

export const FAIL_ON = [...SEVERITIES, "undecided"] as const;
