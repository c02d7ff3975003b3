/** The parts of pbac that the tests use. The package has no types. */
declare module "pbac" {
  interface PbacRequest {
    readonly action: string;
    readonly resource: string;
    /** Prefix of a condition key -> its name -> its value. */
    readonly context: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }

  export default class PBAC {
    constructor(
      policies: object,
      options?: { readonly validateSchema?: boolean; readonly validatePolicies?: boolean },
    );
    evaluate(request: PbacRequest): boolean;
  }
}
