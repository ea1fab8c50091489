import { Pace, progressLine } from './progress.mjs';
import { readableLog } from '../launch.mjs';

test('the rate is that of the last ten seconds, the time left follows from it', () => {
  const pace = new Pace();
  expect(pace.note(0, 200, 0)).toEqual({ rate: 0, secondsLeft: undefined });
  pace.note(0, 200, 5_000); // warming up
  pace.note(0, 200, 10_000);
  for (let second = 11; second < 20; second++) pace.note((second - 10) * 10, 200, second * 1000);
  expect(pace.note(100, 200, 20_000)).toEqual({ rate: 10, secondsLeft: 10 });
  expect(pace.note(200, 200, 30_000)).toEqual({ rate: 10, secondsLeft: 0 });
});

test('without a known total no time is promised', () => {
  const pace = new Pace();
  pace.note(0, 0, 0);
  expect(pace.note(10, 0, 1_000)).toEqual({ rate: 10, secondsLeft: undefined });
});

test('the line names students, rate and time left in both languages', () => {
  const line = progressLine({ done: 50, total: 200, rate: 12.34, secondsLeft: 75 });
  expect(line.en).toMatch(/^█{6}░{18} 50 of 200 students · 12\.3\/s · 1:15 left$/);
  expect(line.ru).toMatch(/50 из 200 студентов · 12\.3\/с · осталось 1:15$/);
  expect(progressLine({ done: 3, total: undefined, rate: 0 }).en).toMatch(/^░{24} 3 of \? students · 0\.0\/s$/);
  expect(progressLine({ done: 250, total: 200, rate: 0 }).en).toContain('█'.repeat(24));
});

test('a JSON log is shown as words, other lines as they are', () => {
  const lines = [JSON.stringify({ level: 'error', time: 1, service: 'x', message: 'cannot start', port: 80 }), 'plain'];
  expect(readableLog(lines.join('\n'))).toBe('error cannot start port=80\nplain');
});
