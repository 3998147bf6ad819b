import { readFileSync } from 'node:fs';

declare const BUILD_COMMIT: string | undefined;
declare const BUILD_DIRTY: boolean | undefined;
declare const BUILD_VERSION: string | undefined;
declare const BUILD_PACKAGES: string | undefined;

type PackageJson = { version: string; dependencies: Record<string, string>; devDependencies: Record<string, string> };
const packageJson = (): PackageJson =>
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as PackageJson;

/** Version and Git commit that the build was made from; from source the version is read from package.json. */
export const appVersion: string = typeof BUILD_VERSION === 'string' ? BUILD_VERSION : packageJson().version;
export const appCommit: string | null = typeof BUILD_COMMIT === 'string' && BUILD_COMMIT !== '' ? BUILD_COMMIT : null;
export const appDirty: boolean = typeof BUILD_DIRTY === 'boolean' ? BUILD_DIRTY : false;

/** Versions of the packages that the app was made with, by name; they are pinned exactly in package.json. */
export const packageVersions = (): Record<string, string> =>
  typeof BUILD_PACKAGES === 'string'
    ? (JSON.parse(BUILD_PACKAGES) as Record<string, string>)
    : { ...packageJson().devDependencies, ...packageJson().dependencies };
