import { AppError } from '../errors.ts';

/** A filter that cannot be read: what is wrong with the characters `from` (inclusive) to `to` (exclusive) of its text. */
export class FilterError extends AppError {
  readonly from: number;
  readonly to: number;

  constructor(message: string, from: number, to: number, hint?: string) {
    super('FILTER_INVALID', message, hint);
    this.from = from;
    this.to = to;
  }
}
