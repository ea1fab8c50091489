import { clock, noteOf, pace, session, type Noted } from './answers.js';

const note = (more: Partial<Noted> = {}): Noted => ({
  ...{ status: 200, granted: false, marked: false, milliseconds: 100 },
  ...more,
});

test('the first call and the next are told apart; refusals are no measure', () => {
  const slow = [40_000, 300, 200, 400].map((milliseconds) => note({ milliseconds }));
  expect(pace([...slow, note({ status: 406, milliseconds: 1 })])).toMatchObject({
    severity: 'ok',
    what: { ru: 'Первый вызов 40.0 с, следующие 0.30 с', en: 'The first call takes 40.0 s, the next 0.30 s' },
  });
  expect(pace([note({ milliseconds: 20_000 }), note({ milliseconds: 16_000 })]).severity).toBe('warning');
});

test('the clock: seconds apart, whatever the answer took; what the header cannot tell is not examined', () => {
  const at = Date.UTC(2026, 8, 1, 12);
  const shown = (ahead: number, took: number) =>
    noteOf(
      { status: 200, headers: { date: new Date(at + ahead * 1000).toUTCString() }, body: '', marked: false },
      took,
      at + took / 2,
    );
  for (const ahead of [-20, -1, 0, 20]) expect(clock([shown(ahead, 30_000)]).severity).toBe('ok');
  expect(clock([shown(3600, 10), shown(3600, 20), shown(0, 1)])).toMatchObject({
    severity: 'warning',
    what: { en: "The clock of 1C's web server is 3600 s ahead" },
  });
  expect(clock([shown(-21, 10)]).severity).toBe('warning');
  const silent = noteOf({ status: 200, headers: {}, body: '', marked: false }, 1, at);
  expect(clock([silent]).severity).toBe('advice');
});

test('a session that cannot be ended holds its licence', () => {
  const granted = note({ granted: true });
  expect(session([note(), granted, note(), note()]).severity).toBe('ok');
  expect(session([note(), granted, note(), note({ status: 500 })]).severity).toBe('warning');
});
