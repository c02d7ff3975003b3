import type { GateFinding } from "../gateFinding";
import { type GuardedType, guardedTypes } from "../guardedTypes";
import type { PlannedChange, Removal } from "../plannedChange";

/** Whether data, or what keeps it safe, is replaced or deleted. */
export function removal({ urn, type, before, removal: planned }: PlannedChange): GateFinding[] {
  const guarded = guardedTypes.get(type);
  if (guarded === undefined || planned === undefined) return [];
  const isKept = before?.retainOnDelete === true;
  const reason = reasonOf(planned);
  return [
    {
      urn,
      kind: planned.type,
      change: changeText(planned, isKept),
      ...(reason && { reason }),
      lost: isKept ? keptText(guarded, planned) : guarded.lost,
      safeWay: guarded.safeWay,
    },
  ];
}

function changeText({ type, deletedFirst }: Removal, isKept: boolean): string {
  if (type === "deletion") return isKept ? "leaves the stack and stays in AWS" : "is deleted";
  if (isKept) return "is replaced; the old one stays in AWS";
  return deletedFirst ? "is deleted, and then created again" : "is replaced";
}

function reasonOf({ type, replacedBy }: Removal): string | undefined {
  if (type === "deletion") return "The program does not declare it any more.";
  if (replacedBy.length === 0) return undefined;
  return `AWS cannot update ${replacedBy.join(", ")}.`;
}

/** Nothing is deleted, but what reads and writes the new one does not find the old data. */
function keptText({ noun, kind, lost }: GuardedType, { type }: Removal): string {
  if (type === "deletion")
    return `No data, because retainOnDelete is set. No update changes the ${noun} any more.`;
  if (noun === "delivery stream") return lost;
  return kind === "data"
    ? `The new ${noun} is empty. What the old one contains stays there, outside the stack.`
    : lost;
}
