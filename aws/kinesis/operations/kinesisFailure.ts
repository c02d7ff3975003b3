import { ApiFailure } from "../../apiFailure";

export {
  ApiFailure as KinesisFailure,
  constraint,
  invalidArgument,
  resourceNotFound,
  validationFailure,
} from "../../apiFailure";

export const resourceInUse = (message: string): ApiFailure =>
  new ApiFailure("ResourceInUseException", message);

export const limitExceeded = (message: string): ApiFailure =>
  new ApiFailure("LimitExceededException", message);
