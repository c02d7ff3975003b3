"use strict";
// A policy pack of an organization: rules of @streamlake/policy and its own, one of ours left out. In the
// directory of a project, with this directory as policy/:
//   npm install --save-dev @streamlake/cli @streamlake/policy
//   npx streamlake plan --stack dev --policy-pack policy
//   pulumi up --policy-pack policy --policy-pack-config policy/config/dev.json
const { startPack } = require("@streamlake/policy/pack");
const { rules } = require("./rules");

startPack({
  name: "acme",
  description: "What ACME requires of Kinesis, Firehose and S3.",
  directory: __dirname,
  rules,
});
