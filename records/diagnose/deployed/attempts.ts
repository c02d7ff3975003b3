import { awsFailure, reasonOf } from "../../awsFailure";
import type { FailureKind } from "../../knownFailures";
import type { Gap, PartName } from "../evidence";

/** Failures that concern the caller as such: no other call would succeed. */
const OF_CALLER: ReadonlySet<FailureKind> = new Set<FailureKind>([
  ...(["clock", "expired credentials", "missing credentials"] as const),
  ...(["unknown credentials", "wrong secret", "missing region", "invalid region"] as const),
]);

const DENIED = new Set(["AccessDenied", "AccessDeniedException"]);

/** Codes of what does not exist. */
const MISSING = new Set([
  ...["ResourceNotFoundException", "NoSuchEntityException", "NoSuchEntity", "NotFoundException"],
  ...["NotFound", "NoSuchBucket", "NoSuchBucketPolicy"],
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
      if (error instanceof AwsUnavailable) throw error;
      const { code, message, known } = awsFailure(error);
      if (MISSING.has(code)) return "missing";
      if (known && OF_CALLER.has(known.kind)) throw new AwsUnavailable(error);
      if (DENIED.has(code) || isForbidden(error))
        this.note({ part, permission, reason: "AWS denied the call" });
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

/** The answer to a HEAD request has no code. */
function isForbidden(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return $metadata?.httpStatusCode === 403;
}

/** No call to AWS succeeds, so that the command ends. */
export class AwsUnavailable extends Error {
  constructor(cause: unknown) {
    super(`AWS cannot be asked: ${reasonOf(awsFailure(cause))}`, { cause });
  }
}
