/**
 * Files of a project whose program uses what the pipeline does not: providers of its own, functions, lookups,
 * secrets, transforms, components in components, and most resource options.
 */
export const manyFeatures: Readonly<Record<string, string>> = {
  "Pulumi.yaml": "name: features\nruntime: nodejs\n",
  "Pulumi.dev.yaml": `config:
  aws:region: eu-west-1
  aws:defaultTags:
    tags: { team: lake }
  features:shards: 2
  features:list: [1, two, { three: 3 }]
`,
  "package.json": '{ "name": "features", "main": "index.js" }\n',
  "index.js": `"use strict";
const pulumi = require("@pulumi/pulumi");
const aws = {
  Provider: require("@pulumi/aws/provider").Provider,
  Stream: require("@pulumi/aws/kinesis/stream").Stream,
  Bucket: require("@pulumi/aws/s3/bucket").Bucket,
  BucketPolicy: require("@pulumi/aws/s3/bucketPolicy").BucketPolicy,
  Role: require("@pulumi/aws/iam/role").Role,
  Key: require("@pulumi/aws/kms/key").Key,
  Topic: require("@pulumi/aws/sns/topic").Topic,
  getCallerIdentity: require("@pulumi/aws/getCallerIdentity").getCallerIdentity,
  getRegionOutput: require("@pulumi/aws/getRegion").getRegionOutput,
  getPolicyDocumentOutput: require("@pulumi/aws/iam/getPolicyDocument").getPolicyDocumentOutput,
};
const config = new pulumi.Config();

class Lake extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("features:index:Lake", name, { size: 1 }, opts);
    const bucket = new aws.Bucket(name, {}, { parent: this, protect: true });
    this.bucket = bucket;
    this.registerOutputs({ bucket: bucket.bucket, secret: pulumi.secret("s") });
  }
}
class Site extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("features:index:Site", name, {}, opts);
    this.lake = new Lake(name + "-lake", { parent: this });
    this.registerOutputs();
  }
}

pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type === "aws:sns/topic:Topic" ? { props: { ...props, displayName: "transformed" }, opts } : undefined,
);

module.exports = async () => {
  const { accountId } = await aws.getCallerIdentity();
  const elsewhere = new aws.Provider("elsewhere", {
    region: "us-west-2",
    defaultTags: { tags: { place: "elsewhere" } },
  });
  const site = new Site("site");
  const stream = new aws.Stream(
    "clicks",
    { shardCount: config.requireNumber("shards"), tags: { team: "clicks" } },
    { ignoreChanges: ["shardCount"], additionalSecretOutputs: ["arn"], aliases: [{ name: "hits" }] },
  );
  const far = new aws.Stream("far", { shardCount: 1 }, { provider: elsewhere, retainOnDelete: true });
  const key = new aws.Key("key", { description: pulumi.secret("of the lake") }, { dependsOn: [site] });
  const role = aws.Role.get("existing", "existing-role");
  const topic = new aws.Topic("alarms", { name: "alarms" }, {
    replaceOnChanges: ["displayName"], deleteBeforeReplace: true, deletedWith: key,
  });
  const document = aws.getPolicyDocumentOutput({
    statements: [{
      actions: ["s3:GetObject"],
      resources: [pulumi.interpolate\`\${site.lake.bucket.arn}/*\`],
      principals: [{ type: "AWS", identifiers: [role.arn] }],
    }],
  });
  new aws.BucketPolicy("policy", { bucket: site.lake.bucket.bucket, policy: document.json }, {
    parent: site.lake.bucket,
  });
  return {
    accountId,
    region: aws.getRegionOutput().region,
    list: config.requireObject("list"),
    password: config.requireSecret("password"),
    streams: [stream.name, far.arn],
    secretly: pulumi.secret({ nested: [topic.arn, null] }),
    protectedBucket: site.lake.bucket.id,
    organization: pulumi.getOrganization(),
  };
};
`,
};
