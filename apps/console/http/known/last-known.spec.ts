import { both } from '#contracts';
import { problems } from '#http-api';
import { eventually } from '#persistence/testing';
import { LastKnown } from './last-known.js';

/** Answers when told to. */
function slow() {
  const asked: { answer: (value: number) => void; fail: (error: Error) => void }[] = [];
  const ask = () => new Promise<number>((answer, fail) => asked.push({ answer, fail }));
  return { asked, ask };
}

it('whoever is slow is waited for a moment, then it says since when they are asked', async () => {
  const { asked, ask } = slow();
  const known = new LastKnown(ask, 60_000);
  const begun = Date.now();
  expect(await known.newest()).toEqual({ readAt: null, askedSince: expect.any(Date), trouble: null });
  expect(Date.now() - begun).toBeLessThan(10_000);
  await known.newest();
  expect(asked).toHaveLength(1); // one question at a time
  asked[0]!.answer(5);
  await eventually(async () =>
    expect(await known.newest()).toMatchObject({ value: 5, readAt: expect.any(Date), askedSince: null }),
  );
  expect(asked).toHaveLength(1);
});

it('why it could not be read is told beside what was known, until it is read again', async () => {
  const { asked, ask } = slow();
  const known = new LastKnown(ask, 0);
  const first = known.newest();
  asked[0]!.answer(5);
  expect(await first).toMatchObject({ value: 5, trouble: null });
  const second = known.newest();
  asked[1]!.fail(problems.away(both('нет', 'away')));
  expect(await second).toMatchObject({ value: 5, trouble: { en: 'away' }, askedSince: null });
  const third = known.newest();
  asked[2]!.answer(6);
  expect(await third).toMatchObject({ value: 6, trouble: null });
});

it('an answer to a question from before a change counts no more', async () => {
  const { asked, ask } = slow();
  const known = new LastKnown(ask, 60_000);
  const before = known.newest();
  known.forget();
  const after = known.newest();
  asked[1]!.answer(2);
  asked[0]!.answer(1);
  await before;
  expect(await after).toMatchObject({ value: 2 });
  expect(await known.newest()).toMatchObject({ value: 2 });
});
