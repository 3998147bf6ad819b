import type * as Electron from 'electron';

/**
 * The part of Electron's API that main uses, and nothing more. Methods are picked from Electron's own declarations, so that
 * the Chromium host cannot drift from them; events are listed one by one, and `main/host/index.ts` lets the compiler check
 * that the real module still has each of them.
 */
export type HostApp = Pick<
  Electron.App,
  | 'isPackaged'
  | 'enableSandbox'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'setPath'
  | 'requestSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'configureHostResolver'
> & {
  readonly commandLine: Pick<Electron.CommandLine, 'appendSwitch'>;
  on(event: 'window-all-closed', listener: () => void): unknown;
  on(event: 'second-instance', listener: (event: unknown, argv: string[]) => void): unknown;
  on(event: 'open-url', listener: (event: Stoppable, url: string) => void): unknown;
  on(event: 'will-quit', listener: (event: Stoppable) => void): unknown;
  on(event: 'web-contents-created', listener: (event: unknown, contents: HostContents) => void): unknown;
  on(event: 'login', listener: (event: Stoppable) => void): unknown;
  on(event: 'select-client-certificate', listener: (event: Stoppable) => void): unknown;
};

export type Stoppable = { preventDefault(): void };
export type Navigation = Stoppable & { readonly url: string };

export type HostFrame = Pick<Electron.WebFrameMain, 'url'>;

export type HostContents = Pick<
  Electron.WebContents,
  'send' | 'getURL' | 'isDestroyed' | 'setWindowOpenHandler' | 'setWebRTCIPHandlingPolicy'
> & {
  readonly mainFrame: HostFrame;
  on(event: 'will-navigate', listener: (details: Navigation) => void): unknown;
  on(event: 'will-redirect', listener: (details: Navigation) => void): unknown;
  on(event: 'will-frame-navigate', listener: (details: Navigation) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Stoppable) => void): unknown;
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown;
};

export type HostSession = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setSpellCheckerEnabled'
  | 'setSpellCheckerDictionaryDownloadURL'
> & {
  readonly protocol: Pick<Electron.Protocol, 'handle'>;
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: Pick<Electron.OnBeforeRequestListenerDetails, 'url'>,
        callback: (response: Electron.CallbackResponse) => void,
      ) => void,
    ): void;
  };
  on(event: 'will-download', listener: (event: Stoppable) => void): unknown;
};

export type HostWindow = Pick<
  Electron.BrowserWindow,
  'loadURL' | 'show' | 'focus' | 'isMinimized' | 'restore' | 'isDestroyed'
> & {
  readonly webContents: HostContents;
  once(event: 'ready-to-show', listener: () => void): unknown;
  on(event: 'closed', listener: () => void): unknown;
};

export type HostInvokeEvent = { readonly sender: HostContents; readonly senderFrame: HostFrame | null };

export type Host = {
  readonly app: HostApp;
  readonly BrowserWindow: new (options: Electron.BrowserWindowConstructorOptions) => HostWindow;
  readonly session: { fromPartition(partition: string): HostSession };
  readonly protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>;
  readonly ipcMain: {
    handle(channel: string, listener: (event: HostInvokeEvent, ...args: unknown[]) => unknown): void;
  };
  readonly dialog: {
    showOpenDialog(options: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue>;
    showErrorBox(title: string, content: string): void;
  };
  readonly safeStorage: Pick<
    Electron.SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >;
  readonly Menu: { setApplicationMenu(menu: null): void };
};
