import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CDPSession } from 'playwright';
import type { DrivenApp } from './driven-app.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * A colour half faded in is no finding, so what moves is waited for. A list that floats over the page lies outside every
 * landmark by nature: `region` leaves it out.
 */
const check = `Promise.all(document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime < 5000).map(({ finished }) => finished.catch(() => {})))
  .then(() => axe.run(document, { resultTypes: ['violations'] }))
  .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes
    .filter(({ target }) => !(id === 'region' && document.querySelector(target.join(' '))?.closest('[role=listbox]')))
    .map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ' ' + failureSummary.split('\\n')[1].trim())))`;

/** Runs axe-core over what the window shows; each violation is one line. The debugger puts it there: the page's own policy would not. */
export function openAxe(app: DrivenApp): () => Promise<string[]> {
  let session: CDPSession | undefined;
  return async () => {
    session ??= await app.page.context().newCDPSession(app.page);
    await session.send('Runtime.evaluate', { expression: source });
    const { result } = await session.send('Runtime.evaluate', {
      expression: check,
      awaitPromise: true,
      returnByValue: true,
    });
    return result.value as string[];
  };
}
