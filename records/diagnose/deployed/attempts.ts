import { awsFailure } from "../../awsFailure";
import type { Gap, PartName } from "../evidence";

/** Codes with which AWS rejects a caller as such: no other call would succeed. */
const REJECTED_CALLERS = new Set([
  ...["no AWS credentials", "no AWS region", "ExpiredToken", "ExpiredTokenException"],
  ...["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId"],
  ...["InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature"],
  ...["RequestExpired", "RequestTimeTooSkewed", "InvalidToken"],
]);

const DENIED = new Set(["AccessDenied", "AccessDeniedException", "Forbidden", "403"]);

/** Codes of what does not exist. S3 has no message for a HEAD request. */
const MISSING = new Set([
  ...["ResourceNotFoundException", "NoSuchEntityException", "NoSuchEntity", "NotFoundException"],
  ...["NotFound", "NoSuchBucket", "NoSuchBucketPolicy", "404"],
  "ServerSideEncryptionConfigurationNotFoundError",
]);

/** What could not be read while evidence is collected. */
export class Attempts {
  readonly #gaps = new Map<string, Gap>();

  get gaps(): readonly Gap[] {
    return [...this.#gaps.values()];
  }

  /** Notes that a part could not be read. */
  note(gap: Gap): void {
    this.#gaps.set(`${gap.part} ${gap.permission ?? gap.reason}`, gap);
  }

  /**
   * Makes a call that must not end the diagnosis.
   *
   * @param permission IAM action that it needs
   * @returns "missing" if AWS has no such resource; undefined, with a gap, if it failed
   * @throws Error if AWS rejects the caller, so that no call could succeed
   */
  async attempt<T>(
    part: PartName,
    permission: string,
    call: () => Promise<T>,
  ): Promise<T | "missing" | undefined> {
    try {
      return await call();
    } catch (error) {
      const { code, message } = awsFailure(error);
      if (MISSING.has(code)) return "missing";
      if (REJECTED_CALLERS.has(code)) throw rejectedCaller(error);
      if (DENIED.has(code)) this.note({ part, permission, reason: "AWS denied the call" });
      // Errors of this package name what failed.
      else
        this.note({
          part,
          reason: code === "Error" ? message : `${permission}: ${code}: ${message}`,
        });
      return undefined;
    }
  }
}

/** @returns the error with which a command ends, because no call to AWS succeeds */
export function rejectedCaller(error: unknown): Error {
  const { code, message } = awsFailure(error);
  const hint = code === "RequestTimeTooSkewed" ? " Set the clock of this machine." : "";
  return new Error(`AWS cannot be asked: ${code}: ${message}${hint}`, { cause: error });
}
