import './theme/mantine.css';
import './theme/theme.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { problemOf } from './api/problem.js';
import { makeRouter } from './router.js';
import { startTexts } from './texts/texts.js';
import { colorScheme, theme } from './theme/theme.js';

// the attribute is hidden from scripts, the property is not
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// by this name the style that stops the page from scrolling behind a dialog looks for it (package get-nonce)
Object.assign(globalThis, { __webpack_nonce__: nonce });

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // a refusal stays one; an absence may end
      retry: (failures, error) => problemOf(error).status === 0 && failures < 2,
      refetchInterval: ({ state: { error } }) => (error && problemOf(error).isAbsence() ? 10_000 : false),
    },
  },
});

await startTexts();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={makeRouter()} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
