/**
 * Every failure a person can meet, as a closed list. The code is a contract (the command line prints it, programs match it);
 * the message says what happened, to what, and what to do next.
 */
export const errorCodes = [
  // vault and store
  'VAULT_NOT_FOUND',
  'VAULT_READ_ONLY',
  'VAULT_NEWER',
  'VAULT_DAMAGED',
  'DISK_FULL',
  'BUSY',
  // lookups
  'RUN_NOT_FOUND',
  'STUDY_NOT_FOUND',
  'DATASET_NOT_FOUND',
  'METRIC_NOT_FOUND',
  'ARTIFACT_NOT_FOUND',
  'DRAFT_NOT_FOUND',
  'REGISTERED_MODEL_NOT_FOUND',
  'MODEL_VERSION_NOT_FOUND',
  'NAME_TAKEN',
  'NAME_INVALID',
  // filter language
  'FILTER_INVALID',
  // import
  'FILE_NOT_FOUND',
  'SOURCE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_EMPTY',
  'FILE_BINARY',
  'TABLE_ONE_COLUMN',
  'TABLE_RAGGED',
  'TABLE_TOO_WIDE',
  'TABLE_DUPLICATE_COLUMNS',
  'TABLE_NO_ROWS',
  'COLUMN_NOT_FOUND',
  'SUBJECT_MISSING',
  'KIND_UNSUPPORTED',
  'LABELS_NOT_FOUND',
  'IMAGES_UNREADABLE',
  'IMPORT_CANCELLED',
  // training
  'RECIPE_NOT_FOUND',
  'PARAM_INVALID',
  'TARGET_INVALID',
  'FEATURES_INVALID',
  'SPLIT_INVALID',
  'SUBJECT_OVERLAP',
  'NEAR_DUPLICATES',
  'NUMBER_NOT_FINITE',
  'ENGINE_UNAVAILABLE',
  'ENGINE_NOT_FOUND',
  'ENGINE_INVALID',
  'ENGINE_FAULTY',
  'ENGINE_LOST',
  'NOT_CONVERGED',
  'OUT_OF_MEMORY',
  'TRAINER_CRASHED',
  'TRAINER_SILENT',
  'RUN_NOT_RUNNING',
  'RUN_NOT_RESUMABLE',
  'RUN_NOT_REPEATABLE',
  'DATASET_UNFIT',
  // commands of one's own
  'COMMAND_NOT_FOUND',
  'COMMAND_FAILED',
  'COMMAND_KILLED',
  'PROJECT_INVALID',
  'ENTRY_NOT_FOUND',
  // evaluation and compare
  'NO_PREDICTIONS',
  'MODEL_NOT_FOUND',
  'MODEL_DAMAGED',
  'NOT_COMPARABLE',
  // registry
  'APPROVAL_REFUSED',
  'MODEL_NEEDED',
  'ALIAS_INVALID',
  // export
  'EXPORT_EMPTY',
  'EXPORT_CHANGED',
  'EXPORT_REFUSED',
  'REPORT_INVALID',
  'AUDIT_BROKEN',
  'KEY_UNAVAILABLE',
  'OUTPUT_EXISTS',
  'OUTPUT_UNWRITABLE',
  'OUTPUT_REFUSED',
  'COPY_NOT_ALLOWED',
  'ADDRESS_REFUSED',
  'SERVER_UNREACHABLE',
  'SERVER_REFUSED',
  // tracking server
  'PORT_UNAVAILABLE',
  // host and anything else
  'HOST_UNAVAILABLE',
  'INPUT_INVALID',
  'CANCELLED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, hint?: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.hint = hint;
  }
}

/** What crosses a process boundary instead of an exception; the cause stays in the local log. */
export type Failure = { code: ErrorCode; message: string; hint?: string };
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** Unknown errors become INTERNAL without their text: it may hold a path or a value of a record. */
export function toFailure(error: unknown): Failure {
  if (error instanceof AppError) {
    return error.hint === undefined
      ? { code: error.code, message: error.message }
      : { code: error.code, message: error.message, hint: error.hint };
  }
  return { code: 'INTERNAL', message: 'Something unexpected went wrong; the details are in the local log.' };
}

export function fromFailure(failure: Failure): AppError {
  return new AppError(failure.code, failure.message, failure.hint);
}
