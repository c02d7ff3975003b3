import {
  allOf,
  anyOf,
  type Decision,
  isObject,
  type Properties,
  readEach,
  UNKNOWN,
  type Value,
  type ValueObject,
} from "../../reading/value";

/** The rules of a lifecycle configuration, or of the in-line lifecycle of a bucket. */
export function lifecycleRules(props: Properties): readonly Value[] {
  return [...readEach(props, "rules"), ...readEach(props, "lifecycleRules")];
}

/** Whether an enabled rule for all objects aborts incomplete uploads. */
export function abortsUploads(rule: Value): Decision {
  return ofRule(rule, (block) =>
    allOf([
      isEnabled(block),
      coversAll(block),
      hasDays(block, [
        "abortIncompleteMultipartUpload.daysAfterInitiation",
        "abortIncompleteMultipartUploadDays",
      ]),
    ]),
  );
}

/** Whether an enabled rule deletes former versions, at least of some objects. */
export function expiresVersions(rule: Value): Decision {
  return ofRule(rule, (block) =>
    allOf([
      isEnabled(block),
      hasDays(block, [
        "noncurrentVersionExpiration.noncurrentDays",
        "noncurrentVersionExpiration.days",
        "noncurrentVersionExpirations.days",
      ]),
    ]),
  );
}

function ofRule(rule: Value, decide: (block: ValueObject) => Decision): Decision {
  if (rule === UNKNOWN) return UNKNOWN;
  return isObject(rule) && decide(rule);
}

function isEnabled(rule: ValueObject): Decision {
  const states = [...readEach(rule, "status"), ...readEach(rule, "enabled")];
  return anyOf(
    states.map((state) => (state === UNKNOWN ? UNKNOWN : state === "Enabled" || state === true)),
  );
}

function hasDays(rule: ValueObject, paths: readonly string[]): Decision {
  const days = paths.flatMap((path) => readEach(rule, path));
  return anyOf(
    days.map((count) => (count === UNKNOWN ? UNKNOWN : typeof count === "number" && count > 0)),
  );
}

/** Whether a rule covers all objects, without a filter for prefix, tag or size. */
function coversAll({ filter = null, prefix = null, tags = null }: ValueObject): Decision {
  const isNarrowed = anyOf([selects({ filter, prefix }), selects(tags)]);
  return isNarrowed === UNKNOWN ? UNKNOWN : !isNarrowed;
}

/** Only an empty prefix selects nothing: every object matches it. */
function selects(condition: Value): Decision {
  if (condition === UNKNOWN) return UNKNOWN;
  if (condition === null) return false;
  if (typeof condition !== "object") return true;
  return anyOf(
    Object.entries(condition as ValueObject).map(([name, part]) =>
      name === "prefix" && part === "" ? false : selects(part),
    ),
  );
}
