import { type MlflowCode, MlflowError } from './mlflow-error.ts';

/** Why a request was turned away before any route saw it: what the log and the screen count. */
export const refusalReasons = [
  'no-token',
  'wrong-token',
  'foreign-host',
  'foreign-origin',
  'options',
  'malformed',
  'headers-too-large',
  'content-type',
  'too-large',
  'too-deep',
  'too-slow',
  'cut-off',
  'path',
  'source',
  'foreign-id',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/**
 * A request that breaks a rule of safety: it is counted and logged, and its connection closed. Routes throw it too, for a path
 * that leaves its folder (`path`), an address that nobody may follow (`source`) or an id of another study (`foreign-id`).
 */
export class Refusal extends MlflowError {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, status: number, message: string, code: MlflowCode = codeOf(status)) {
    super(code, message, status);
    this.reason = reason;
  }
}

const codeOf = (status: number): MlflowCode =>
  status === 401 ? 'UNAUTHENTICATED' : status === 403 ? 'PERMISSION_DENIED' : 'INVALID_PARAMETER_VALUE';
