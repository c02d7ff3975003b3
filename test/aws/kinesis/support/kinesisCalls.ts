import { ApiCaller } from "../../support/apiCaller";

/** Makes calls to a Kinesis endpoint. */
export class KinesisCaller extends ApiCaller {
  constructor(endpoint: string, region: string) {
    super(endpoint, region, "Kinesis_20131202");
  }
}
