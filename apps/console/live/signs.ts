import type { DataSource } from 'typeorm';
import type { Topic } from './feed.js';

/** Of each topic a statement whose answer is another one when something has changed. Each is cheap: it runs every two seconds. */
const statements: Partial<Record<Topic, string>> = {
  failures: `select system, state, count(*), max(last_seen), max(asked_at) from console.failures
    where state in ('open', 'replaying') group by 1, 2 order by 1, 2`,
  replays: `select r.id, r.state, i.state as item, count(*) from console.replays r join console.replay_items i on i.replay = r.id
    where r.state = 'running' or r.ended_at > now() - interval '3 hours' group by 1, 2, 3 order by 1, 3`,
  systems: `select (select jsonb_agg(p order by p.system, p.service, p.kind) from operations.pause p) as pauses,
    (select count(*) from operations.trouble) as troubles, (select max(since) from operations.trouble) as newest`,
  students: 'select max(received) from console.journal',
  notices: `select (select max(time) from console.notices) as told, (select max(sent_at) from console.notice_deliveries) as sent`,
  examinations: 'select system, begun_at, ended_at from console.examinations order by system',
};

/** What each topic looks like now. */
export async function signsOf(dataSource: DataSource): Promise<Map<Topic, string>> {
  const signs = new Map<Topic, string>();
  for (const [topic, statement] of Object.entries(statements))
    signs.set(topic as Topic, JSON.stringify(await dataSource.query(statement)));
  return signs;
}

/** Topics of which something has changed. The overview shows something of all of them. */
export function changedTopics(before: ReadonlyMap<Topic, string>, now: ReadonlyMap<Topic, string>): Topic[] {
  const changed = [...now].filter(([topic, sign]) => before.has(topic) && before.get(topic) !== sign);
  return changed.length === 0 ? [] : ['overview', ...changed.map(([topic]) => topic)];
}
