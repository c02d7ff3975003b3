import * as pulumi from "@pulumi/pulumi";
import { Archive } from "./archive";

// A house rule: every resource of this program that has tags names its owner.
pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type === "aws:s3/bucket:Bucket"
    ? { props: { ...props, tags: { ...props.tags, owner: "records" } }, opts }
    : undefined,
);

const archive = new Archive(
  "invoices",
  { keepForYears: 10 },
  {
    protect: true,
    aliases: [{ name: "old-invoices" }],
    transforms: [
      ({ props, opts }) => ({ props, opts: pulumi.mergeOptions(opts, { retainOnDelete: true }) }),
    ],
  },
);

export const arn = archive.arn;
