import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../../api/client.js';
import type { components } from '../../api/desk-schema.js';
import { pageSize } from '../api.js';
import type { PeopleSearch } from './search.js';

type Schemas = components['schemas'];
export type ListedStudent = Schemas['ListedStudent'];
export type CoursesOfStudent = Schemas['CoursesOfStudent'];

export const peopleQuery = ({ continues, ...search }: PeopleSearch) =>
  queryOptions({
    queryKey: ['desk', 'students', continues, search],
    queryFn: () => {
      const flag = continues && { continues: continues === 'yes' ? ('true' as const) : ('false' as const) };
      const query = { size: pageSize, ...search, ...flag };
      return ask(desk.GET('/api/desk/students/list', { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });

export const studentCoursesQuery = (code: string, system: string) =>
  queryOptions({
    queryKey: ['desk', 'students', 'courses', code, system],
    queryFn: () =>
      ask(desk.GET('/api/desk/students/{code}/courses', { params: { path: { code }, query: { system } } })),
  });
