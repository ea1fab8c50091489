import { ask, desk } from '../../../api/client.js';
import type { components } from '../../../api/desk-schema.js';

export type Preview = components['schemas']['SpreadsheetPreview'];
export type FileChange = Preview['changes'][number];
export const formats = ['xlsx', 'csv'] as const;

/** Bytes that the component takes. */
export const largestFile = 2 * 1024 * 1024;

/** What the register holds as a file, in the language of the page: a link alone would ask in the browser's. */
export async function download(
  system: string,
  display: 'all' | 'empty',
  format: (typeof formats)[number],
): Promise<void> {
  const params = { query: { system, display, format } };
  const file = await ask(desk.GET('/api/desk/bindings/spreadsheet', { params, parseAs: 'blob' }));
  const address = URL.createObjectURL(file as unknown as Blob);
  const link = Object.assign(document.createElement('a'), { href: address, download: `bindings.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What the file would change; nothing is changed by asking. */
export async function preview(system: string, file: File): Promise<Preview> {
  const body = { system, file: await inBase64(file) };
  return ask(desk.POST('/api/desk/bindings/spreadsheet', { body }));
}

function inBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',', 2)[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}
