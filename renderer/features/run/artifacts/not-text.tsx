import { EmptyState } from '../../../ui/screen.tsx';
import { endingOf } from './kind.ts';

/** For a file whose bytes are not what its name says. */
export function NotText({ path }: { path: string }) {
  const ending = endingOf(path);
  return (
    <EmptyState>
      {ending === '' ? 'This file' : `A .${ending} file`} is not text and not a picture that the window draws. It is
      kept as it is.
    </EmptyState>
  );
}
