import { AppError } from '../../shared/errors.ts';
import type { RegisterCommand } from './command.ts';

/** `serve [--port P]`: the MLflow-compatible server until it is interrupted; its first line says where it is. */
export const serveCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('serve')
    .description('serve scripts that log with mlflow, on this machine only, until interrupted')
    .option('--port <number>', 'the port to listen on (default: any that is free)');
  command.action(async ({ port }: { port?: string }) => {
    await run(command, async (context) => {
      const wanted = port === undefined ? 0 : Number(port);
      if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535 || port === '') {
        throw new AppError('INPUT_INVALID', `--port takes 1 to 65535, not "${port}".`);
      }
      // Only what answers a request: no feature is loaded, and a start takes a moment.
      const [{ openVault }, { setDurability }, { readSettings }, { startTrackingServer }] = await Promise.all([
        import('../store/open-vault.ts'),
        import('../store/open.ts'),
        import('../store/settings.ts'),
        import('../tracking/server.ts'),
      ]);
      const vault = openVault(context.vaultDir, { purpose: 'serve' });
      try {
        setDurability(vault.db, readSettings(vault.db).durability);
        const server = await startTrackingServer(vault, { port: wanted });
        const { url } = server;
        context.print({ url, token: server.token() }, () => `${url}\ntoken ${server.token()}`);
        context.say('Set MLFLOW_TRACKING_URI and MLFLOW_TRACKING_TOKEN to these. Ctrl-C ends the server.');
        await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
        await server.close();
      } finally {
        vault.close();
      }
    });
  });
};
