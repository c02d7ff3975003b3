import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// As the package @pulumi/random declares them.
class RandomPet extends pulumi.CustomResource {
  constructor(name: string, args: { readonly length: number }) {
    super("random:index/randomPet:RandomPet", name, args);
  }
}
class RandomPassword extends pulumi.CustomResource {
  declare readonly result: pulumi.Output<string>;
  constructor(name: string, args: { readonly length: number }) {
    const opts = { additionalSecretOutputs: ["bcryptHash", "result"] };
    super("random:index/randomPassword:RandomPassword", name, { ...args, result: undefined }, opts);
  }
}

const pet = new RandomPet("pet", { length: 2 });
const password = new RandomPassword("admin", { length: 24 });
const secret = new aws.secretsmanager.Secret("admin", { namePrefix: "shop-" });
new aws.secretsmanager.SecretVersion("admin", {
  secretId: secret.id,
  secretString: password.result,
});
new aws.s3.Bucket("pets", { bucket: pulumi.interpolate`shop-${pet.id}` });

export const isPreview = pulumi.runtime.isDryRun();
export const adminPassword = password.result;
