import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnterpriseRecord } from '../model.js';
import { readAll, theGuidesExample } from '../testing/index.js';
import { DamagedFileError } from './faults.js';
import { readFile } from './read.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-ims-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bomb = `<!DOCTYPE enterprise [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><enterprise>&b;</enterprise>`;
const thief = `<!DOCTYPE enterprise [<!ENTITY a SYSTEM "file:///etc/passwd">]><enterprise>&a;</enterprise>`;
const big = 'x'.repeat(1_200_000);

describe('a damaged file', () => {
  it.each<[string, string | Buffer, number, number]>([
    ['cut short', '<enterprise>\n<person>', 2, 8],
    ['a tag that closes another', '<enterprise>\n  <group></person></enterprise>', 2, 18],
    ['nothing at all', '', 1, 1],
    ['no XML', 'Иванов;Пётр\n', 2, 1],
    ['another root', '<?xml version="1.0"?>\n<html/>', 2, 7],
    ['an entity nobody declared', '<enterprise>\n&nbsp;</enterprise>', 2, 6],
    ['an attribute twice', '<enterprise>\n<group a="1" a="2"/></enterprise>', 2, 20],
    ['an attribute without quotes', '<enterprise>\n<group a=1/></enterprise>', 2, 10],
    ['a prefix nobody declared', '<enterprise>\n<x:group/></enterprise>', 2, 10],
    ['a control character', '<enterprise>\n\u0001</enterprise>', 2, 1],
    ['a second root', '<enterprise/>\n<enterprise/>', 2, 12],
    ['a faulty document type', '<!DOCTYPEYPE enterprise>\n<enterprise/>', 1, 24],
    ['a blank that XML does not know', '<!DOCTYPE\u00A0enterprise>\n<enterprise/>', 1, 21],
    ['a faulty instruction', '<enterprise>\n<?a?b c?></enterprise>', 2, 9],
    ['an entity bomb', bomb, 1, 65],
    ['a thief', thief, 1, 63],
    ['deeper than anybody needs', '<enterprise>\n' + '<a>'.repeat(64), 2, 192],
    ['an encoding nobody knows', '<?xml version="1.0" encoding="x-none"?><enterprise/>', 1, 1],
    ['a byte that UTF-8 does not know', Buffer.from('<enterprise>\nы\xff</enterprise>', 'latin1'), 2, 2],
    ['half a letter at the end of UTF-16', Buffer.from('\uFEFF<enterprise/>', 'utf16le').subarray(0, -1), 1, 13],
  ])('%s: is refused with line and column', async (_, file, line, column) => {
    const refusal = await readAll(file).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DamagedFileError);
    expect(refusal).toMatchObject({ line, column });
    expect((refusal as DamagedFileError).reason.ru).toContain(`строка ${line}, столбец ${column}`);
  });

  it.each([
    ['a text', `<enterprise><comments>${big}${big}`],
    ['an attribute', `<enterprise><comments a="${big}${big}`],
    ['a comment', `<enterprise><!--${big}${big}`],
    ['a CDATA section', `<enterprise><comments><![CDATA[${big}${big}`],
    ['a name', `<enterprise><${big}${big}`],
    ['a document type', `<!DOCTYPE ${big}${big}`],
  ])('without an end to %s: is refused before memory is', async (_, file) => {
    await expect(readAll(file)).rejects.toThrow('longer than 1000000 characters');
  });

  it('tells none of its records when read for good', async () => {
    const path = join(folder, 'damaged.xml');
    writeFileSync(path, theGuidesExample.replace('</enterprise>', ''));
    const told: EnterpriseRecord[] = [];
    const reading = (async () => {
      for await (const record of readFile(path)) told.push(record);
    })();
    await expect(reading).rejects.toThrow(DamagedFileError);
    expect(told).toEqual([]);
  });

  it('a document type that declares nothing is passed over, whatever it points at', async () => {
    const type = '<!DOCTYPE enterprise PUBLIC "-//IMS//x" "http://127.0.0.1:9/ims_epv1p1.dtd">';
    expect(await readAll(type + theGuidesExample)).toHaveLength(3);
  });

  it('the bytes say more than the declaration: UTF-8 that calls itself UTF-16', async () => {
    expect(await readAll(`<?xml version="1.0" encoding="utf-16"?>${theGuidesExample}`)).toHaveLength(3);
  });
});

describe('a sound file', () => {
  it('is read for good', async () => {
    const path = join(folder, 'sound.xml');
    writeFileSync(path, theGuidesExample);
    const kinds: string[] = [];
    for await (const { kind } of readFile(path)) kinds.push(kind);
    expect(kinds).toEqual(['group', 'person', 'membership']);
  });
});
