import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canOpenWindow } from './browser.ts';
import { launchApp } from './launch-app.ts';
import type { RunningApp } from './running-app.ts';

describe.runIf(canOpenWindow('the closed doors of the window'))('a page of the app', () => {
  let app: RunningApp;
  let server: Server;
  let port: number;
  let connections = 0;

  beforeAll(async () => {
    server = createServer((_request, response) => response.end('reached'));
    server.on('connection', () => {
      connections += 1;
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ({ port } = server.address() as AddressInfo);
    app = await launchApp();
  });
  afterAll(async () => {
    expect(await app.close()).toBe(0);
    server.close();
  });

  test('PRIVACY E2: it sees two functions of ours and nothing of Node or Electron', async () => {
    const seen = await app.page.evaluate(() => ({
      api: Object.keys((window as unknown as { api: object }).api),
      frozen: Object.isFrozen((window as unknown as { api: object }).api),
      leaked: [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        'ipcRenderer',
        'electron',
        'wardbookShim',
      ].filter((name) => name in window),
    }));
    expect(seen).toEqual({ api: ['call', 'on'], frozen: true, leaked: [] });
  });

  test('a server on this machine is reached from outside the app (positive control)', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect([await response.text(), connections]).toEqual(['reached', 1]);
  });

  // Each way to ask another server, as the code of a page; it returns what came of it.
  const attempts: [way: string, code: string][] = [
    ['fetch', `fetch(url).then(() => 'reached', () => 'refused')`],
    ['fetch without CORS', `fetch(url, { mode: 'no-cors' }).then(() => 'reached', () => 'refused')`],
    [
      'XMLHttpRequest',
      `new Promise((done) => { const r = new XMLHttpRequest(); r.onload = () => done('reached'); r.onerror = () => done('refused'); r.open('GET', url); r.send(); })`,
    ],
    [
      'WebSocket',
      `new Promise((done) => { try { const s = new WebSocket(url.replace('http', 'ws')); s.onopen = () => done('reached'); s.onerror = () => done('refused'); } catch { done('refused'); } })`,
    ],
    [
      'EventSource',
      `new Promise((done) => { try { const s = new EventSource(url); s.onopen = () => done('reached'); s.onerror = () => { s.close(); done('refused'); }; } catch { done('refused'); } })`,
    ],
    [
      'image',
      `new Promise((done) => { const i = new Image(); i.onload = () => done('reached'); i.onerror = () => done('refused'); i.src = url; })`,
    ],
    [
      'address in a style',
      `new Promise((done) => { const e = document.createElement('div'); e.style.backgroundImage = 'url(' + url + ')'; document.body.append(e); setTimeout(() => done('refused'), 500); })`,
    ],
    [
      'prefetch',
      `new Promise((done) => { const l = document.createElement('link'); l.rel = 'prefetch'; l.href = url; l.onload = () => done('reached'); l.onerror = () => done('refused'); document.head.append(l); setTimeout(() => done('refused'), 500); })`,
    ],
    [
      'preconnect',
      `new Promise((done) => { const l = document.createElement('link'); l.rel = 'preconnect'; l.href = url; document.head.append(l); setTimeout(() => done('refused'), 500); })`,
    ],
    [
      'style sheet',
      `new Promise((done) => { const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = url; l.onload = () => done('reached'); l.onerror = () => done('refused'); document.head.append(l); })`,
    ],
    [
      'frame',
      `new Promise((done) => { const f = document.createElement('iframe'); f.src = url; document.body.append(f); setTimeout(() => { f.remove(); done('refused'); }, 500); })`,
    ],
    ['beacon', `(navigator.sendBeacon(url, 'x'), new Promise((done) => setTimeout(() => done('refused'), 500)))`],
    [
      'form',
      `new Promise((done) => { const f = document.createElement('form'); f.method = 'post'; f.action = url; document.body.append(f); f.submit(); setTimeout(() => done('refused'), 500); })`,
    ],
    ['window', `(window.open(url) === null ? 'refused' : 'reached')`],
    ['window of our own', `(window.open('/index.html') === null ? 'refused' : 'reached')`],
    [
      'window without opener',
      `(window.open(url, '_blank', 'noopener'), new Promise((done) => setTimeout(() => done('refused'), 500)))`,
    ],
    ['navigation', `(location.assign(url), new Promise((done) => setTimeout(() => done('refused'), 500)))`],
    [
      'link that is clicked',
      `new Promise((done) => { const a = document.createElement('a'); a.href = url; a.ping = url; a.target = '_blank'; document.body.append(a); a.click(); setTimeout(() => done('refused'), 500); })`,
    ],
    [
      'download',
      `new Promise((done) => { const a = document.createElement('a'); a.href = url; a.download = 'x'; document.body.append(a); a.click(); setTimeout(() => done('refused'), 500); })`,
    ],
    [
      'module of another origin',
      `new Promise((done) => { try { const s = document.createElement('script'); s.type = 'module'; s.src = url; s.onload = () => done('reached'); s.onerror = () => done('refused'); document.head.append(s); } catch { done('refused'); } })`,
    ],
    [
      'worker',
      `(() => { try { new Worker(URL.createObjectURL(new Blob(['fetch("' + url + '")']))); } catch {} return new Promise((done) => setTimeout(() => done('refused'), 500)); })()`,
    ],
    ['service worker', `navigator.serviceWorker.register('/sw.js').then(() => 'reached', () => 'refused')`],
  ];

  test.each(attempts)('PRIVACY N6: %s reaches no server', async (_way, code) => {
    const before = connections;
    const windows = app.page.context().pages().length;
    const result = await app.page.evaluate(`(() => { const url = 'http://127.0.0.1:${port}/'; return ${code}; })()`);
    expect({ result, connections, windows: app.page.context().pages().length }).toEqual({
      result: 'refused',
      connections: before,
      windows,
    });
    expect(app.page.url()).toMatch(/^https:\/\/wardbook\.invalid\//);
  });

  test('PRIVACY N6: WebRTC finds no address to connect from', async () => {
    const candidates = await app.page.evaluate(
      `new Promise(async (done) => {
        const found = [];
        try {
          const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] });
          c.createDataChannel('x');
          c.onicecandidate = (event) => event.candidate ? found.push(event.candidate.candidate) : done(found);
          await c.setLocalDescription(await c.createOffer());
          setTimeout(() => done(found), 2000);
        } catch { done(found); }
      })`,
    );
    expect(candidates).toEqual([]);
  });

  test('PRIVACY E8: every permission is refused', async () => {
    const states = await app.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
      const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
      const asked = await Notification.requestPermission().catch(() => 'denied');
      return [...(await Promise.all(names.map(state))), asked];
    });
    expect(states).not.toContain('granted');
  });

  test('text cannot become script or HTML without a named policy, and nothing is evaluated', async () => {
    // From a timer: what a driver evaluates directly is exempt from the policy.
    const results = await app.page.evaluate(
      () =>
        new Promise((done) => {
          const attempt = (work: () => unknown) => {
            try {
              work();
              return 'done';
            } catch (error) {
              return (error as Error).name;
            }
          };
          const compile = (text: string) => Function(text)();
          setTimeout(() =>
            done([
              attempt(() => compile('return 1')),
              attempt(() => Object.assign(document.createElement('div'), { innerHTML: '<img src=x>' })),
              attempt(() => Object.assign(document.createElement('script'), { src: 'data:,1' })),
            ]),
          );
        }),
    );
    expect(results).toEqual(['EvalError', 'TypeError', 'TypeError']);
  });

  test('what was refused is counted and shown', async () => {
    const facts = (await app.page.evaluate(() =>
      (window as unknown as { api: { call(n: string, i: object): Promise<unknown> } }).api.call('app.facts', {}),
    )) as { ok: true; value: { connectionsRefused: number } };
    expect(facts.value.connectionsRefused).toBeGreaterThanOrEqual(10);
  });
});
