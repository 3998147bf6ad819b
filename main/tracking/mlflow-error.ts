import { AppError, type ErrorCode } from '../../shared/errors.ts';

/** Codes of the protocol with the status each is sent with. None that a client retries, save where waiting helps. */
const statuses = {
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  INVALID_STATE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  NOT_IMPLEMENTED: 501,
  INTERNAL_ERROR: 500,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;

export type MlflowCode = keyof typeof statuses;

/** A refusal in the protocol's own words; `status` where it differs from the usual one of the code. */
export class MlflowError extends Error {
  readonly code: MlflowCode;
  readonly status: number;

  constructor(code: MlflowCode, message: string, status: number = statuses[code]) {
    super(message);
    this.name = 'MlflowError';
    this.code = code;
    this.status = status;
  }
}

export const invalid = (message: string): MlflowError => new MlflowError('INVALID_PARAMETER_VALUE', message);
export const notFound = (message: string): MlflowError => new MlflowError('RESOURCE_DOES_NOT_EXIST', message);

const ofCode: Partial<Record<ErrorCode, MlflowCode>> = {
  RUN_NOT_FOUND: 'RESOURCE_DOES_NOT_EXIST',
  STUDY_NOT_FOUND: 'RESOURCE_DOES_NOT_EXIST',
  DATASET_NOT_FOUND: 'RESOURCE_DOES_NOT_EXIST',
  METRIC_NOT_FOUND: 'RESOURCE_DOES_NOT_EXIST',
  MODEL_NOT_FOUND: 'RESOURCE_DOES_NOT_EXIST',
  REGISTERED_MODEL_NOT_FOUND: 'RESOURCE_DOES_NOT_EXIST',
  MODEL_VERSION_NOT_FOUND: 'RESOURCE_DOES_NOT_EXIST',
  FILE_NOT_FOUND: 'RESOURCE_DOES_NOT_EXIST',
  NAME_TAKEN: 'RESOURCE_ALREADY_EXISTS',
  NAME_INVALID: 'INVALID_PARAMETER_VALUE',
  FILTER_INVALID: 'INVALID_PARAMETER_VALUE',
  PARAM_INVALID: 'INVALID_PARAMETER_VALUE',
  INPUT_INVALID: 'INVALID_PARAMETER_VALUE',
  RUN_NOT_RUNNING: 'INVALID_PARAMETER_VALUE',
  APPROVAL_REFUSED: 'INVALID_PARAMETER_VALUE',
  ALIAS_INVALID: 'INVALID_PARAMETER_VALUE',
  MODEL_NEEDED: 'INVALID_STATE',
  // The caller did nothing wrong, and a later try may succeed: these the client should send again.
  DISK_FULL: 'TEMPORARILY_UNAVAILABLE',
  BUSY: 'TEMPORARILY_UNAVAILABLE',
};

/** Any error as the protocol says it. One that nobody expected keeps its text for the local log. */
export function toMlflowError(error: unknown): MlflowError {
  if (error instanceof MlflowError) return error;
  if (error instanceof AppError) {
    const code = ofCode[error.code];
    if (code !== undefined) {
      return new MlflowError(code, error.hint === undefined ? error.message : `${error.message} ${error.hint}`);
    }
  }
  return new MlflowError('INTERNAL_ERROR', 'Something unexpected went wrong; the details are in the local log.');
}
