// A program that drives the window through a whole job and over every screen, for proofs that watch it from outside.
// Prints what it did as one line of JSON.
import { readFileSync } from 'node:fs';
import { openApp } from './driven-app.ts';
import { exportPage } from './pages/export-page.ts';
import { runPage } from './pages/run-page.ts';
import { trainPage } from './pages/train-page.ts';

/** Local ports that something listens on in this network namespace: the fourth column of /proc/net is the state. */
function listeners(): number {
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  return lines.filter((line) => line.trim().split(/\s+/)[3] === '0A').length;
}

const app = await openApp();
// Whatever goes wrong, no app is left behind.
process.on('exit', () => app.process.kill('SIGKILL'));
await app.page.getByRole('button', { name: 'Try it' }).click();
await app.page.getByRole('button', { name: /Start training/ }).waitFor();
const run = runPage(app);
const id = await trainPage(app).start();
await run.becomes('Done');
await run.show('Evaluation');
await run.lines('ROC').first().waitFor();
const places = { Runs: '/', Compare: `/compare/${id}`, Train: '/train', Datasets: '/datasets', Hardware: '/hardware' };
const more = { Export: `/export/${id}`, Activity: '/activity', Settings: '/settings' };
const titles: string[] = [];
for (const [title, place] of Object.entries({ ...places, ...more })) {
  await app.go(place);
  await app.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  await app.settled();
  titles.push(title);
}
await exportPage(app).open([id]);
await exportPage(app).paper.getByText(/AUC/).first().waitFor();
const seen = listeners();
const { problems } = app;
const status = await app.close();
console.log(JSON.stringify({ titles, listeners: seen, problems, status }));
process.exit(0);
