import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect, useLayoutEffect } from 'react';
import { Router, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { followLinks } from './follow-links.ts';
import { queryClient, useCall } from './query.ts';
import { Screens } from './routes.tsx';
import { Boundary } from './ui/boundary.tsx';
import { Palette } from './ui/palette.tsx';
import { ProgressLine } from './ui/screen.tsx';
import { Sidebar } from './ui/sidebar.tsx';
import { setTheme } from './ui/theme.ts';
import { UndoLine } from './ui/undo.tsx';

/** The window: the sidebar, one screen, the palette. */
export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Router hook={useHashLocation}>
          <Window />
        </Router>
      </QueryClientProvider>
    </CSPProvider>
  );
}

function Window() {
  const [location, navigate] = useLocation();
  const settings = useCall('settings.get', {});
  useLayoutEffect(() => {
    if (settings.data) setTheme(settings.data.theme, settings.data.size);
  }, [settings.data]);
  useEffect(() => followLinks(navigate), [navigate]);
  return (
    <div className="app">
      <Sidebar />
      <main className="main" id="main">
        <Boundary key={location.split('/')[1]}>
          <Suspense fallback={<ProgressLine busy />}>
            <Screens />
          </Suspense>
        </Boundary>
        {!hasFoot(location) && (
          <div className="undo-float">
            <UndoLine />
          </div>
        )}
      </main>
      <Palette />
    </div>
  );
}

/** The runs table offers to undo in its own foot. */
const hasFoot = (location: string) => location === '/' || location.startsWith('/study/');
