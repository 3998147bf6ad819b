import { AppError } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';

/**
 * What a page holds instead of a path [PRIVACY E18]: a random name for a file that a person chose in a dialog. It lives as long
 * as the app.
 */
export class FileHandles {
  readonly #paths = new Map<string, string>();

  add(path: string): string {
    const handle = newId();
    this.#paths.set(handle, path);
    return handle;
  }

  /** @throws AppError INPUT_INVALID for a handle that no dialog gave */
  path(handle: string): string {
    const path = this.#paths.get(handle);
    if (path !== undefined) return path;
    throw new AppError('INPUT_INVALID', 'That file was not chosen in this session.', 'Choose the file again.');
  }
}
