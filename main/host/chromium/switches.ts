/** A command-line switch of Chromium and why it is set. Order does not matter. */
type Switch = readonly [name: string, why: string];

/** Nothing of Chromium's own may ask the network (PRIVACY N4), and nothing of it may outlive the window. */
export const quietSwitches: readonly Switch[] = [
  ['--host-resolver-rules=MAP * ~NOTFOUND', 'no name resolves, so that nothing can be reached, whatever asks'],
  ['--no-proxy-server', 'no proxy, and no search for one (WPAD)'],
  ['--disable-background-networking', 'no variations, safe-browsing lists, field trials or translation models'],
  ['--disable-component-update', 'no component downloads'],
  ['--disable-domain-reliability', 'no beacons about failed requests'],
  ['--disable-sync', 'no account'],
  ['--disable-default-apps', 'no web store'],
  ['--disable-extensions', 'no code but ours'],
  ['--disable-client-side-phishing-detection', 'no model download'],
  ['--disable-field-trial-config', 'the same behaviour everywhere'],
  ['--disable-breakpad', 'no crash dump: it would hold the memory of the page'],
  ['--disable-crash-reporter', 'as above'],
  ['--no-pings', 'no hyperlink auditing'],
  ['--no-first-run', 'no welcome page'],
  ['--no-default-browser-check', 'no question'],
  ['--no-service-autorun', 'nothing stays behind'],
  ['--disable-search-engine-choice-screen', 'no question'],
  ['--metrics-recording-only', 'metrics are not uploaded'],
  ['--deny-permission-prompts', 'no permission is ever granted'],
  ['--disable-dev-shm-usage', 'works where /dev/shm is small'],
  ['--password-store=basic', 'no question by the keyring: nothing is stored'],
  ['--use-mock-keychain', 'as above, on macOS'],
  ['--test-type', 'no bar over the page about the switches of this list'],
  ['--no-startup-window', 'windows open when main says so'],
  [
    '--disable-features=DialMediaRouteProvider,GlobalMediaControls,ImprovedCookieControls,MediaRouter,OptimizationHints,Translate,DnsOverHttps,AsyncDns,InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,AutofillServerCommunication,PrivacySandboxSettings4',
    'features that look for devices or ask servers',
  ],
];

export type LaunchFacts = { profile: string; headless: boolean; asRoot: boolean; testPort: boolean };

/** The whole command line of the browser process. */
export function browserArguments({ profile, headless, asRoot, testPort }: LaunchFacts): string[] {
  return [
    ...quietSwitches.map(([name]) => name),
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    // Its folder is made even with the reporter off: it goes with the profile.
    `--crash-dumps-dir=${profile}`,
    ...(headless ? ['--headless', '--hide-scrollbars', '--mute-audio'] : []),
    // Chromium refuses to run its sandbox as root; Settings says so.
    ...(asRoot ? ['--no-sandbox'] : []),
    // Only the end-to-end tests drive the page from outside, and only from source.
    ...(testPort ? ['--remote-debugging-port=0'] : []),
  ];
}
