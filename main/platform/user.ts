import { userInfo } from 'node:os';

/** Name under which this person is logged in to the machine: who did something, in records that stay on it. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the password file.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
