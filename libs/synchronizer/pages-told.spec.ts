import { expect, test } from '@jest/globals';
import { register } from '#platform';
import { alarmStands } from '#platform/testing';
import { PagesByRecord } from './pages-told.js';

test('a page read by record is an alarm, a count, and a trouble that is noted once and taken away', async () => {
  const noted: string[][] = [];
  const pages = new PagesByRecord('lms', {
    found: async (source, troubles) => {
      expect(source).toEqual({ service: 'onec-poller', system: 'lms', check: 'page-no-json' });
      noted.push(troubles.map(({ what }) => what.en));
    },
  });
  pages.see(undefined);
  const broken = { line: 19, column: 7, records: 3, broken: ['000000002'] };
  pages.see(broken);
  pages.see({ ...broken, line: 33 });
  expect(alarmStands('onec-page-no-json', 'lms')).toBe(true);
  pages.see(undefined);
  expect(alarmStands('onec-page-no-json', 'lms')).toBe(false);
  expect(noted).toEqual([[], [expect.stringMatching(/line 19, column 7.*of 3, 1 cannot be read: 000000002/)], []]);
  const { values } = await register.getSingleMetric('itk_onec_pages_by_record_total')!.get();
  expect(values).toMatchObject([{ labels: { system: 'lms' }, value: 2 }]);
});
