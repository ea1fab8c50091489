import { assignNamed, PhpArray } from './form.js';

/** Fields of a multipart/form-data body; files are passed over. */
export function parseMultipart(body: Buffer, contentType: string, limit: number): PhpArray {
  const root = new PhpArray();
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return root;
  let taken = 0;
  for (const part of body.toString('utf8').split(`--${boundary}`).slice(1)) {
    const gap = part.indexOf('\r\n\r\n');
    if (gap < 0) continue;
    const head = part.slice(0, gap);
    const name = /name="([^"]*)"/i.exec(head)?.[1];
    if (!name || /filename="/i.test(head)) continue;
    if (taken++ >= limit) break;
    assignNamed(root, name, part.slice(gap + 4).replace(/\r\n$/, ''));
  }
  return root;
}
