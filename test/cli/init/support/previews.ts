export const STREAM = "urn:pulumi:prod::my-lake::aws:kinesis/stream:Stream::clicks";

/** A step of a preview: the stream is replaced, and its records are lost. */
export const replacedStream = {
  op: "replace",
  urn: STREAM,
  detailedDiff: { name: { kind: "update-replace" } },
};

/** What `pulumi preview --json` prints. */
export function preview(...steps: readonly object[]): string {
  const stack = "urn:pulumi:prod::my-lake::pulumi:pulumi:Stack::my-lake-prod";
  return JSON.stringify({ steps: [{ op: "same", urn: stack }, ...steps] });
}

/** What `pulumi stack export` writes for a stack without resources. */
export const emptyStack = JSON.stringify({
  version: 3,
  deployment: {
    resources: [
      {
        urn: "urn:pulumi:dev::my-lake::pulumi:pulumi:Stack::my-lake-dev",
        type: "pulumi:pulumi:Stack",
        custom: false,
      },
    ],
  },
});

const pack = "--policy-pack policy --policy-pack-config policy/config/prod.json";

/** The command lines of a deployment of the stack prod: of its preview, and of its update. */
export const PULUMI_CALLS = [
  `preview --stack prod --diff --color never ${pack}`,
  "preview --stack prod --json",
  "preview --stack prod --json",
  `up --stack prod --yes --non-interactive ${pack}`,
];
