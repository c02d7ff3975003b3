import * as aws from "@pulumi/aws";

const domainName = "www.example.com";
const usEast1 = new aws.Provider("us-east-1", { region: "us-east-1" });
const zone = aws.route53.Zone.get("zone", "Z0123456789ABCDEFGHIJ");

// CloudFront only takes certificates of this region.
const certificate = new aws.acm.Certificate(
  "www",
  { domainName, validationMethod: "DNS" },
  { provider: usEast1 },
);
const [option] = [certificate.domainValidationOptions[0]];
const record = new aws.route53.Record("validation", {
  zoneId: zone.zoneId,
  name: option.resourceRecordName,
  type: option.resourceRecordType,
  records: [option.resourceRecordValue],
  ttl: 600,
});
const validation = new aws.acm.CertificateValidation(
  "www",
  { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
  { provider: usEast1 },
);
const origin = new aws.s3.Bucket("origin");
const identity = new aws.cloudfront.OriginAccessIdentity("origin");
const distribution = new aws.cloudfront.Distribution(
  "www",
  {
    enabled: true,
    aliases: [domainName],
    defaultRootObject: "index.html",
    origins: [
      {
        originId: "bucket",
        domainName: origin.bucketRegionalDomainName,
        s3OriginConfig: { originAccessIdentity: identity.cloudfrontAccessIdentityPath },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "bucket",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      forwardedValues: { queryString: false, cookies: { forward: "none" } },
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: validation.certificateArn,
      sslSupportMethod: "sni-only",
    },
  },
  { retainOnDelete: true },
);

export const url = distribution.domainName;
