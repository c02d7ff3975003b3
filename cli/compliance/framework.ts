/** A framework that a compliance report is about: see `--compliance`. */
export type Framework = (typeof FRAMEWORKS)[number];

export const FRAMEWORKS = ["nist80053r5", "cis", "pci", "fsbp"] as const;
