/** Something that decides about access and that a graph does not tell. */
export class Unclear {
  /** Why, as a clause, e.g. "the role arn:aws:iam::123456789012:role/existing is not declared here". */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
