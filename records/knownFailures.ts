/** The kinds of failures that have the same fix, whatever the call was. */
export type FailureKind =
  | "clock"
  | "expired credentials"
  | "missing credentials"
  | "unknown credentials"
  | "wrong secret"
  | "missing region"
  | "invalid region"
  | "wrong region"
  | "unusable key"
  | "unresolved host"
  | "unreachable"
  | "untrusted certificate"
  | "not AWS";

/** What is known about an error of an AWS client. */
export interface KnownFailure {
  readonly kind: FailureKind;
  /** What is wrong, in a message after "Cannot read ...: ". */
  readonly problem: string;
  /** How to fix it: one or more sentences. */
  readonly fix: string;
}

/** The parts of an error by which it is recognized. */
export interface FailureFacts {
  /** AWS's error code, or that of Node.js. */
  readonly code: string;
  readonly message: string;
  /** Where the bucket is, as S3 says in its answer to a request in another region. */
  readonly bucketRegion?: string | undefined;
}

/**
 * Explains an error. Denied access and what does not exist depend on the call: `callError` explains them.
 *
 * @returns undefined if the words of AWS are all that is known
 */
export function knownFailure(facts: FailureFacts): KnownFailure | undefined {
  const kind = kinds.find(({ applies }) => applies(facts));
  return kind && { kind: kind.name, ...kind.explain(facts) };
}

interface Kind {
  readonly name: FailureKind;
  readonly applies: (facts: FailureFacts) => boolean;
  readonly explain: (facts: FailureFacts) => Omit<KnownFailure, "kind">;
}

/** Signature Version 4 allows 5 minutes, and S3 allows 15. */
const clock: Kind = {
  name: "clock",
  applies: ({ code, message }) =>
    ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"].includes(code) ||
    // Kinesis and Firehose have the first code, STS and IAM the second one.
    (["InvalidSignatureException", "SignatureDoesNotMatch"].includes(code) &&
      /\bSignature (expired|not yet current)\b/.test(message)),
  explain: () => ({
    problem: "the clock of this machine differs too much from AWS's",
    fix: "Set it, e.g. with timedatectl set-ntp true; in a container or virtual machine, set that of its host.",
  }),
};

/** Of a session, also one of IAM Identity Center (SSO), which the SDK finds expired by itself. */
const expired: Kind = {
  name: "expired credentials",
  applies: ({ code, message }) =>
    ["ExpiredToken", "ExpiredTokenException", "TokenProviderError"].includes(code) ||
    (code === "CredentialsProviderError" && /expired|aws sso login/i.test(message)),
  explain: () => ({
    problem: "the credentials have expired",
    fix: "Log in again, e.g. with aws sso login, or set new credentials.",
  }),
};

const missingCredentials: Kind = {
  name: "missing credentials",
  applies: ({ code }) => code === "CredentialsProviderError",
  explain: () => ({
    problem: "there are no AWS credentials",
    fix:
      "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or name a profile that aws configure " +
      "list-profiles prints, with AWS_PROFILE or --profile.",
  }),
};

const unknownCredentials: Kind = {
  name: "unknown credentials",
  applies: ({ code }) =>
    [
      "UnrecognizedClientException",
      "InvalidClientTokenId",
      "InvalidAccessKeyId",
      "InvalidToken",
      "MissingAuthenticationToken",
      "MissingAuthenticationTokenException",
    ].includes(code),
  explain: () => ({
    problem: "AWS does not know the credentials",
    fix: "Check the profile, or AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN, and that the account uses the region.",
  }),
};

const wrongSecret: Kind = {
  name: "wrong secret",
  applies: ({ code }) =>
    ["InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature"].includes(code),
  explain: () => ({
    problem: "the signature is wrong",
    fix: "Check that AWS_SECRET_ACCESS_KEY, or the profile, has the secret of its access key.",
  }),
};

const missingRegion: Kind = {
  name: "missing region",
  applies: ({ message }) => message === "Region is missing",
  explain: () => ({
    problem: "there is no AWS region",
    fix: "Specify one with --region or AWS_REGION.",
  }),
};

const invalidRegion: Kind = {
  name: "invalid region",
  applies: ({ message }) => message.startsWith("Region not accepted"),
  explain: () => ({
    problem: "there is no such AWS region",
    fix: "Specify one such as us-east-1 with --region or AWS_REGION.",
  }),
};

const wrongRegion: Kind = {
  name: "wrong region",
  applies: ({ code }) =>
    ["PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed"].includes(code) ||
    code === "IllegalLocationConstraintException",
  explain: ({ message, bucketRegion = /expecting '([\w-]+)'/.exec(message)?.[1] }) =>
    bucketRegion === undefined
      ? { problem: "the bucket is in another region", fix: "Specify it with --region." }
      : {
          problem: `the bucket is in region ${bucketRegion}`,
          fix: `Specify --region ${bucketRegion}.`,
        },
};

/** As Kinesis reports it, and as S3 does. */
const unusableKey: Kind = {
  name: "unusable key",
  applies: ({ code }) =>
    /^KMS(?:\.(?:KMS)?)?(?:Disabled|InvalidState|NotFound)(?:Exception)?$/.test(code),
  explain: () => ({
    problem: "its KMS key is disabled, scheduled for deletion or deleted",
    fix: "Enable the key, or cancel its deletion: nothing reads the data without it.",
  }),
};

const unresolved: Kind = {
  name: "unresolved host",
  applies: ({ code }) => code === "ENOTFOUND" || code === "EAI_AGAIN",
  explain: () => ({
    problem: "there is no such host",
    fix: "Check the region, the endpoint and the network.",
  }),
};

const unreachable: Kind = {
  name: "unreachable",
  applies: ({ code }) =>
    ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "TimeoutError"].includes(code) ||
    ["EHOSTUNREACH", "ENETUNREACH"].includes(code),
  explain: () => ({
    problem: "the endpoint does not answer",
    fix: "Check that its service is running, the endpoint, the region and the network.",
  }),
};

/** Codes of OpenSSL: Node.js documentation, "TLS", "X509 certificate error codes". */
const untrusted: Kind = {
  name: "untrusted certificate",
  applies: ({ code }) => /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/.test(code),
  explain: () => ({
    problem: "the certificate of the endpoint is not trusted",
    fix: "Behind a proxy, set NODE_EXTRA_CA_CERTS to the file with the proxy's certificate.",
  }),
};

/** Error code of an answer without the parts that all answers of AWS have. */
export const notAwsCode = "UnexpectedAnswer";

/** E.g. the port of another service, or a page of a proxy. */
const notAws: Kind = {
  name: "not AWS",
  applies: ({ code, message }) =>
    code === notAwsCode ||
    code === "EPROTO" ||
    code.startsWith("HPE_") ||
    /Deserialization error|as XML\b/.test(message),
  explain: () => ({
    problem: "the endpoint does not answer like AWS",
    fix: "Check that it is that of this service, and http or https.",
  }),
};

/** The more specific one first. */
const kinds: readonly Kind[] = [
  ...[clock, expired, missingCredentials, unknownCredentials, wrongSecret],
  ...[
    missingRegion,
    invalidRegion,
    wrongRegion,
    unusableKey,
    unresolved,
    unreachable,
    untrusted,
    notAws,
  ],
];
