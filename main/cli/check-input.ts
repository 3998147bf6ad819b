import { type CallInput, type CallName, contract } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';

/** What a person typed, held to the same rules as a page's call. Throws INPUT_INVALID. */
export function checkInput<K extends CallName>(name: K, input: CallInput<K>): CallInput<K> {
  const parsed = contract[name].input.safeParse(input);
  if (parsed.success) return parsed.data as CallInput<K>;
  const [issue] = parsed.error.issues;
  throw new AppError('INPUT_INVALID', `${issue!.path.join('.')}: ${issue!.message}`);
}
