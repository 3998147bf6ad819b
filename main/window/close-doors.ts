import type { Host } from '../host/host.ts';
import { lockApp, type OnRefused } from './lock-down.ts';
import { appScheme, chromiumSwitches, refusedArgument } from './policy.ts';

/**
 * Everything that must be settled before the app is ready [PRIVACY §6]. The command line is looked at in packaged apps only:
 * the end-to-end tests drive the unpackaged one from outside.
 * @param args the command line without the program
 * @returns false when the command line opens a door; the app must end
 */
export function closeDoors(host: Host, args: readonly string[], onRefused: OnRefused): boolean {
  if (host.app.isPackaged && refusedArgument(args) !== null) return false;
  host.app.enableSandbox();
  for (const [name, value] of chromiumSwitches) host.app.commandLine.appendSwitch(name, value);
  host.protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  host.Menu.setApplicationMenu(null);
  lockApp(host.app, onRefused);
  void host.app.whenReady().then(
    () => host.app.configureHostResolver({ enableBuiltInResolver: false, secureDnsMode: 'off' }),
    // Whoever boots learns of it.
    () => {},
  );
  return true;
}
