import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Every asset also as .gz and .br, so that the console compresses none at run time. */
const compressed = (): Plugin => ({
  name: 'compressed',
  writeBundle({ dir }) {
    const folder = join(dir!, 'assets');
    for (const file of readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name))) {
      const content = readFileSync(join(folder, file));
      writeFileSync(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }));
      writeFileSync(join(folder, `${file}.br`), brotliCompressSync(content));
    }
  },
});

/** 'use client' at the head of a thousand library files means nothing here; how long compressing took is known. */
const unneeded = new Set(['MODULE_LEVEL_DIRECTIVE', 'PLUGIN_TIMINGS']);

export default defineConfig({
  root: import.meta.dirname,
  // the console puts a new nonce there with every answer
  html: { cspNonce: '__NONCE__' },
  plugins: [compressed()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // the policy allows no data: but pictures
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // for older ones light-dark() would be rewritten into variables that stay empty
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      onLog: (level, log, handle) => (unneeded.has(log.code ?? '') ? undefined : handle(level, log)),
    },
  },
  server: { proxy: { '/api': process.env.ITK_CONSOLE ?? 'http://127.0.0.1:8080' } },
});
