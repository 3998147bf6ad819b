import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Vault } from '../store/vault.ts';
import type { WriteQueue } from '../store/write-queue.ts';

/** Fields of a request: its JSON body, or its query, where a repeated key is a list. Read them with fields.ts. */
export type Input = Record<string, unknown>;

/** What every route is given. */
export type RouteContext = {
  vault: Vault;
  /** The one way to write: works of concurrent requests share one transaction, and each is answered after its commit. */
  write: WriteQueue['write'];
  /** Address of the server, without a slash at its end. */
  url: string;
};

type Place = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /**
   * Below `/api/2.0/` and `/ajax-api/2.0/`, such as `mlflow/runs/get`. `:name` stands for one segment, decoded once, and
   * `*name` at the end for the rest as it was sent; JSON routes find both in their input.
   */
  path: string;
  /** `3.0` for `/api/3.0/` and `/ajax-api/3.0/`, `root` for a path from the root. */
  api?: '3.0' | 'root';
};

/** Answers with a JSON object (`{}` for nothing), or with plain text when it returns a `string`. */
export type JsonRoute = Place & {
  /** Largest body in bytes; 1 MiB when absent. */
  bodyLimit?: number;
  handle(context: RouteContext, input: Input): unknown;
};

/** Reads and answers by itself; it has passed the guard, and what it throws before it writes is answered as JSON. */
export type StreamRoute = Place & { stream(context: RouteContext, exchange: Exchange): Promise<void> };
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  params: Record<string, string>;
  query: URLSearchParams;
};

export type Route = JsonRoute | StreamRoute;
