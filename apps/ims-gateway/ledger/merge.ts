import type { EntityManager } from 'typeorm';

export interface Merging {
  system: string;
  file: number;
  content: 'snapshot' | 'delta';
}

/**
 * Persons of the file: one who stands in it several times is all of that, the last word on each field. A delta adds to
 * what is known, a snapshot stands for it. Who is deleted keeps the data by which an account is found.
 */
export async function mergePersons(manager: EntityManager, { system, file, content }: Merging): Promise<void> {
  await manager.query(
    `with last as (
       select s.id, (array_agg(s.gone order by s.index desc))[1] as gone,
         coalesce(jsonb_object_agg(field.key, field.value order by s.index) filter (where field.key is not null), '{}')
           as data
       from ims_gateway.staged s left join lateral jsonb_each(s.data) field on true
       where s.file = $2 and s.kind = 'person' group by s.id),
     merged as (
       insert into ims_gateway.persons as p (system, id, data, gone)
       select $1, id, data, gone from last
       where not gone or exists (select 1 from ims_gateway.persons k where k.system = $1 and k.id = last.id)
       on conflict (system, id) do update
         set gone = excluded.gone,
           data = case when excluded.gone then p.data when $3 then excluded.data else p.data || excluded.data end
         where p.gone <> excluded.gone or (not excluded.gone and
           p.data is distinct from case when $3 then excluded.data else p.data || excluded.data end)
       returning id, gone, (xmax = 0) as made)
     insert into touched select id, case when gone then 'removed' when made then 'created' else 'changed' end from merged`,
    [system, file, content === 'snapshot'],
  );
}

interface Merged {
  made: number;
  removed: number;
}

/** Roles of the file: the last word on each. A role that is over is known no more. */
export async function mergeMemberships(manager: EntityManager, { system, file }: Merging): Promise<Merged> {
  const [row] = (await manager.query(
    `with last as (
       select distinct on (course, id, role) course, id, role, gone, data
       from ims_gateway.staged where file = $2 and kind = 'membership'
       order by course, id, role, index desc),
     removed as (
       delete from ims_gateway.memberships m using last
       where m.system = $1 and m.course = last.course and m.person = last.id and m.role = last.role and last.gone
       returning m.person),
     merged as (
       insert into ims_gateway.memberships as m (system, course, person, role, data)
       select $1, course, id, role, data from last where not gone
       on conflict (system, course, person, role) do update set data = excluded.data
         where m.data is distinct from excluded.data
       returning person, (xmax = 0) as made),
     noted as (insert into touched select person, 'changed' from removed union all select person, 'changed' from merged)
     select (select count(*) from removed)::int as removed, (select count(*) from merged where made)::int as made`,
    [system, file],
  )) as Merged[];
  return row!;
}

/** Courses of the file. Where one becomes known, its members can have it made; one that is deleted has none. */
export async function mergeGroups(
  manager: EntityManager,
  { system, file, content }: Merging,
): Promise<{ made: number; membershipsRemoved: number }> {
  const [row] = (await manager.query(
    `with last as (
       select distinct on (id) id, gone, data from ims_gateway.staged
       where file = $2 and kind = 'group' order by id, index desc),
     gone as (
       delete from ims_gateway.groups g using last where g.system = $1 and g.id = last.id and last.gone),
     emptied as (
       delete from ims_gateway.memberships m using last
       where m.system = $1 and m.course = last.id and last.gone returning m.person),
     merged as (
       insert into ims_gateway.groups as g (system, id, data)
       select $1, id, data from last where not gone
       on conflict (system, id) do update
         set data = case when $3 then excluded.data else g.data || excluded.data end
         where g.data is distinct from case when $3 then excluded.data else g.data || excluded.data end
       returning id, (xmax = 0) as made),
     noted as (
       insert into touched
       select person, 'changed' from emptied
       union all
       select m.person, 'changed' from ims_gateway.memberships m join merged on merged.made and m.course = merged.id
       where m.system = $1)
     select (select count(*) from merged where made)::int as made,
            (select count(*) from emptied)::int as "membershipsRemoved"`,
    [system, file, content === 'snapshot'],
  )) as { made: number; membershipsRemoved: number }[];
  return row!;
}

/** Who and what a snapshot does not name is no more. Answers how many roles are over. */
export async function removeMissing(manager: EntityManager, { system, file }: Merging): Promise<number> {
  await manager.query(
    `with gone as (
       update ims_gateway.persons p set gone = true
       where system = $1 and not gone and not exists (
         select 1 from ims_gateway.staged s where s.file = $2 and s.kind = 'person' and s.id = p.id)
       returning id)
     insert into touched select id, 'removed' from gone`,
    [system, file],
  );
  await manager.query(
    `delete from ims_gateway.groups g where system = $1 and not exists (
       select 1 from ims_gateway.staged s where s.file = $2 and s.kind = 'group' and s.id = g.id)`,
    [system, file],
  );
  const [row] = (await manager.query(
    `with gone as (
       delete from ims_gateway.memberships m
       where system = $1 and not exists (
         select 1 from ims_gateway.staged s
         where s.file = $2 and s.kind = 'membership' and not s.gone
           and s.course = m.course and s.id = m.person and s.role = m.role)
       returning person),
     noted as (insert into touched select person, 'changed' from gone)
     select count(*)::int as number from gone`,
    [system, file],
  )) as { number: number }[];
  return row!.number;
}
