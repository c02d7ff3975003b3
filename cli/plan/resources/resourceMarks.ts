import type { GraphResource } from "../../../engine/graph/resourceGraph";

/** What sets a resource apart from one that a deployment creates and deletes at will. */
export function resourceMarks({ external, options }: GraphResource): [mark: string, is: boolean][] {
  return [
    ["existing", external],
    ["protect", options.protect === true],
    ["retain on delete", options.retainOnDelete === true],
    ["import", options.import !== undefined],
  ];
}
