import { jest } from '@jest/globals';
import { eventually } from '#persistence/testing';
import { synchronized } from '../testing/console-setup.js';
import { HttpSetup, type Browser } from '../testing/http-setup.js';
import { failure, journal, sow } from '../testing/seeds.js';
import { Feed } from './feed.js';
import { Watch } from './watch.js';

const setup = new HttpSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());

interface Heard {
  id?: string;
  event?: string;
  data?: string;
}

/** What an EventSource would hear. */
function listen(browser: Browser, last?: string) {
  const stop = new AbortController();
  const heard: Heard[] = [];
  const state = { status: 0, headers: new Headers(), ended: false };
  const done = (async () => {
    const response = await fetch(`${setup.url}/api/live`, {
      signal: stop.signal,
      headers: {
        cookie: browser.cookie,
        accept: 'text/event-stream',
        'accept-encoding': 'gzip',
        ...(last && { 'last-event-id': last }),
      },
    });
    Object.assign(state, { status: response.status, headers: response.headers });
    let rest = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + piece).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) {
        const fields = part.split('\n').filter((line) => line.includes(': '));
        if (fields.length > 0)
          heard.push(Object.fromEntries(fields.map((line) => line.split(/: (.*)/s).slice(0, 2))) as Heard);
      }
    }
  })().then(
    () => (state.ended = true),
    () => (state.ended = true),
  );
  const topics = () =>
    heard.filter(({ event }) => event === 'change').map(({ data }) => JSON.parse(data!).topic as string);
  return { heard, state, topics, close: () => (stop.abort(), done) };
}

test('what changes is heard within seconds, uncompressed and as it comes', async () => {
  const browser = await setup.as('viewer');
  const live = listen(browser);
  await eventually(() => expect(live.heard[0]).toMatchObject({ event: 'beat' }));
  expect(live.state.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(live.state.headers.get('content-encoding')).toBeNull();
  await sow(setup.dataSource, failure());
  await eventually(() => expect(live.topics()).toEqual(['overview', 'failures']));
  await journal(setup.dataSource, 'lms', synchronized('lms', '1', 1));
  await eventually(() => expect(live.topics()).toEqual(['overview', 'failures', 'overview', 'students']));
  await live.close();
}, 30_000);

test('who comes back gets what was missed, and nothing twice', async () => {
  const browser = await setup.as('viewer');
  const first = listen(browser);
  await eventually(() => expect(first.heard).toHaveLength(1));
  const { id } = first.heard[0]!;
  await first.close();
  const { feed } = setup.app.get(Watch);
  for (const topic of ['failures', 'replays', 'failures'] as const) feed.changed(topic);
  const second = listen(browser, id);
  await eventually(() => expect(second.topics()).toEqual(['failures', 'replays']));
  const newest = second.heard.at(-1)!.id;
  await second.close();
  const third = listen(browser, newest);
  await eventually(() => expect(third.heard).toHaveLength(1));
  expect(third.topics()).toEqual([]);
  await third.close();
});

test('what changed while nobody followed is told to whoever comes back', async () => {
  const browser = await setup.as('viewer');
  const first = listen(browser);
  await eventually(() => expect(first.heard).not.toEqual([]));
  const { id } = first.heard.at(-1)!;
  await first.close();
  await new Promise((resolve) => setTimeout(resolve, 100)); // the console has noticed that nobody is there
  await sow(setup.dataSource, failure({ code: '77' }));
  const second = listen(browser, id);
  await eventually(() => expect(second.topics()).toEqual(['overview', 'failures']));
  await second.close();
});

test('who is signed out, or may no longer look, hears no more', async () => {
  expect((await setup.browser().get('/api/live')).status).toBe(401);
  const browser = await setup.as('viewer');
  const live = listen(browser);
  await eventually(() => expect(live.heard).toHaveLength(1));
  await browser.ask('/api/session', { method: 'DELETE' });
  await eventually(() => expect(live.state.ended).toBe(true), 20_000);
}, 30_000);

test('the database is looked at only while somebody follows', async () => {
  const watch = new Watch(setup.dataSource);
  const asked = jest.spyOn(setup.dataSource, 'query');
  const stop = watch.follow(
    () => undefined,
    () => undefined,
  );
  await eventually(() => expect(asked).toHaveBeenCalled());
  stop();
  stop();
  await new Promise((resolve) => setTimeout(resolve, 300));
  asked.mockClear();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(asked.mock.calls.filter(([sql]) => String(sql).includes('max(received)'))).toEqual([]);
  asked.mockRestore();
});

test('an id of another process, or one that is too old, means that everything may have changed', () => {
  const feed = new Feed();
  expect(feed.since('other-1').map(({ topic }) => topic)).toHaveLength(7);
  const { newest } = feed;
  for (let n = 0; n < 600; n++) feed.changed('failures');
  expect(feed.since(newest)).toHaveLength(7);
});
