import type { JsonRoute, Route, StreamRoute } from './route.ts';

export type Found = { route: JsonRoute | StreamRoute; params: Record<string, string> };

/** Finds the route of a method and an undecoded path; null when there is none. */
export type Router = (method: string, path: string) => Found | null;

const none: Record<string, string> = {};

/** Routes without a variable part are one look-up; the others are compared segment by segment. */
export function createRouter(routes: Route[]): Router {
  const fixed = new Map<string, Found>();
  const variable: { method: string; segments: string[]; route: Route }[] = [];
  for (const route of routes) {
    for (const path of pathsOf(route)) {
      if (/[:*]/.test(path)) variable.push({ method: route.method, segments: path.split('/'), route });
      else fixed.set(`${route.method} ${path}`, { route, params: none });
    }
  }
  return (method, path) => {
    const exact = fixed.get(`${method} ${path}`);
    if (exact !== undefined) return exact;
    const segments = path.split('/');
    for (const one of variable) {
      if (one.method !== method) continue;
      const params = match(one.segments, segments);
      if (params !== null) return { route: one.route, params };
    }
    return null;
  };
}

function pathsOf({ path, api }: Route): string[] {
  if (api === 'root') return [path];
  return ['api', 'ajax-api'].map((prefix) => `/${prefix}/${api ?? '2.0'}/${path}`);
}

function match(pattern: string[], segments: string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (let i = 0; i < pattern.length; i++) {
    const wanted = pattern[i]!;
    if (wanted.startsWith('*')) {
      if (segments.length <= i) return null;
      params[wanted.slice(1)] = segments.slice(i).join('/');
      return params;
    }
    const segment = segments[i];
    if (segment === undefined) return null;
    if (wanted.startsWith(':')) {
      const value = decoded(segment);
      if (value === null || value === '') return null;
      params[wanted.slice(1)] = value;
    } else if (segment !== wanted) return null;
  }
  return segments.length === pattern.length ? params : null;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
