import './no-eval.ts';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followStore, queryClient } from './query.ts';
import { setTheme } from './ui/theme.ts';
import { refuseUntrustedHtml } from './ui/trusted-html.ts';

refuseUntrustedHtml();
setTheme('system', 'normal');
followStore(queryClient);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
