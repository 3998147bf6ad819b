import { readFileSync } from 'node:fs';

declare const BUILD_COMMIT: string | undefined;
declare const BUILD_DIRTY: boolean | undefined;
declare const BUILD_VERSION: string | undefined;

/** Version and Git commit that the build was made from; from source the version is read from package.json. */
export const appVersion: string =
  typeof BUILD_VERSION === 'string'
    ? BUILD_VERSION
    : (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;
export const appCommit: string | null = typeof BUILD_COMMIT === 'string' && BUILD_COMMIT !== '' ? BUILD_COMMIT : null;
export const appDirty: boolean = typeof BUILD_DIRTY === 'boolean' ? BUILD_DIRTY : false;
