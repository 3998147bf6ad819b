import { type Failure, toFailure } from '../../shared/errors.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { MetricPoint } from '../../shared/model/series.ts';
import type { VaultClient } from '../workers/client.ts';

type Progress = NonNullable<RunSummary['progress']>;

/**
 * What a trainer reports on its way into the store, in order and one write at a time: whatever arrives while a write is under
 * way goes with the next one. `onError` is told of the first write that fails; later ones are still tried, since a full disk
 * may have room again.
 */
export class Outbox {
  readonly #client: VaultClient;
  readonly #id: string;
  readonly #onError: (failure: Failure) => void;
  #points: MetricPoint[] = [];
  #log = '';
  #progress: Progress | null = null;
  #working: Promise<void> | null = null;
  #failed = false;

  constructor(client: VaultClient, id: string, onError: (failure: Failure) => void) {
    this.#client = client;
    this.#id = id;
    this.#onError = onError;
  }

  points(points: MetricPoint[]): void {
    for (const point of points) this.#points.push(point);
    this.#wake();
  }

  log(text: string): void {
    this.#log += text;
    this.#wake();
  }

  progress(progress: Progress): void {
    this.#progress = progress;
    this.#wake();
  }

  /** Resolves when everything told so far is stored, or was refused. */
  async drained(): Promise<void> {
    while (this.#working) await this.#working;
  }

  #wake(): void {
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
  }

  async #work(): Promise<void> {
    while (this.#points.length > 0 || this.#log !== '' || this.#progress !== null) {
      const points = this.#points;
      const text = this.#log;
      const progress = this.#progress;
      this.#points = [];
      this.#log = '';
      this.#progress = null;
      const id = this.#id;
      try {
        if (points.length > 0) await this.#client.call('internal.appendPoints', { id, points });
        if (text !== '') await this.#client.call('internal.appendLog', { id, text });
        if (progress !== null) await this.#client.call('internal.progress', { id, ...progress });
      } catch (error) {
        if (!this.#failed) this.#onError(toFailure(error));
        this.#failed = true;
      }
    }
  }
}
