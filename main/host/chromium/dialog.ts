import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OpenDialogOptions, OpenDialogReturnValue } from 'electron';
import type { Browser } from './browser.ts';
import { listFolder } from './dialog-folder.ts';
import { dialogCss, dialogHtml, dialogScript } from './dialog-page.ts';
import { ChromiumSession } from './session.ts';
import { ChromiumWindow } from './window.ts';

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";
type File = [type: string, text: string];
const script = (text: string): File => ['text/javascript; charset=utf-8', text];
const files: Record<string, File> = {
  '/index.html': ['text/html; charset=utf-8', dialogHtml],
  '/dialog.css': ['text/css; charset=utf-8', dialogCss],
  '/dialog.js': script(dialogScript),
};

/** Where the last dialog ended, for the next one; memory only. */
let lastFolder = homedir();

/**
 * Electron's open dialog as a small folder browser in a window of main's own.
 * @param shim text of the built page-shim.js
 */
export async function showOpenDialog(
  options: OpenDialogOptions,
  browser: Browser,
  shim: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<OpenDialogReturnValue> {
  const queue = env['WARDBOOK_TEST_DIALOG'];
  if (queue) return takeTestChoice(queue);

  const wantsFolder = options.properties?.includes('openDirectory') === true;
  const filters = options.filters ?? [];
  const session = new ChromiumSession();
  session.protocol.handle('app', (request) => {
    const [type, text] = { ...files, '/shim.js': script(shim) }[new URL(request.url).pathname] ?? [];
    if (type === undefined) return new Response(null, { status: 404 });
    return new Response(text, { headers: { 'content-type': type, 'content-security-policy': csp } });
  });

  return new Promise((resolve, reject) => {
    let chosen: string[] = [];
    const invoke = async (_event: unknown, channel: string, [path, filter]: unknown[]): Promise<unknown> => {
      if (channel === 'start') {
        return {
          title: options.title ?? (wantsFolder ? 'Choose a folder' : 'Choose a file'),
          button: options.buttonLabel ?? 'Choose',
          wantsFolder,
          filters: filters.map(({ name }) => name),
          folder: listFolder(options.defaultPath ?? lastFolder, filters[0], wantsFolder),
        };
      }
      if (channel === 'list') return listFolder(String(path), filters[Number(filter)], wantsFolder);
      if (channel === 'choose' && existsSync(String(path))) chosen = [String(path)];
      void window.webContents.close();
      return null;
    };
    const window = new ChromiumWindow({ width: 720, height: 520 }, { browser, session, invoke });
    window.on('closed', () => {
      const [path] = chosen;
      if (path !== undefined) lastFolder = wantsFolder ? path : dirname(path);
      resolve({ canceled: chosen.length === 0, filePaths: chosen });
    });
    window.loadURL('app://choose/index.html').catch(reject);
  });
}

/** Tests say beforehand what a person would choose: a file of JSON lines, a path or null each, first in first out. */
function takeTestChoice(queue: string): OpenDialogReturnValue {
  const [first, ...rest] = readFileSync(queue, 'utf8').split('\n').filter(Boolean);
  writeFileSync(queue, rest.map((line) => `${line}\n`).join(''));
  const path = first === undefined ? null : (JSON.parse(first) as string | null);
  return { canceled: path === null, filePaths: path === null ? [] : [join(path)] };
}
