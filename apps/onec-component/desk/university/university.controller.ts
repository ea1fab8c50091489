import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, problems } from '#http-api';
import { CLOCK, type Clock } from '../../clock.js';
import { Permit } from '../permissions.js';
import { ofSystem } from '../schemas.js';
import { filterValues, listCurricula, readCurriculum } from './curricula.js';
import { coursesOfGroup, listGroups } from './groups.js';
import { coursesOfStudent, listStudents } from './people.js';
import {
  code,
  curriculaQuery,
  curriculaSchema,
  curriculumSchema,
  filtersSchema,
  groupCoursesSchema,
  groupsQuery,
  groupsSchema,
  peopleQuery,
  peopleSchema,
  studentCoursesSchema,
} from './schemas.js';

const here = <T>(found: T | undefined): T => {
  if (found !== undefined) return found;
  throw problems.notFound(both('В зеркале 1С этого нет', 'The mirror of 1C has no such thing'));
};

/** The mirror of 1C:University, read. */
@Controller('api/desk')
export class UniversityController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('filters')
  @Permit('desk.read')
  @Answers('What the blocks of a filter offer', filtersSchema)
  readFilters() {
    return filterValues(this.dataSource.manager);
  }

  @Get('curricula')
  @Permit('desk.read')
  @Answers('Curricula', curriculaSchema)
  listCurricula(@Query({ schema: curriculaQuery }) asked: z.infer<typeof curriculaQuery>) {
    return listCurricula(this.dataSource.manager, asked);
  }

  @Get('curricula/:code')
  @Permit('desk.read')
  @Answers('A curriculum with its disciplines', curriculumSchema)
  async readCurriculum(@Param('code', { schema: code }) code: string) {
    return here(await readCurriculum(this.dataSource.manager, code));
  }

  @Get('groups')
  @Permit('desk.read')
  @Answers('Groups', groupsSchema)
  listGroups(@Query({ schema: groupsQuery }) asked: z.infer<typeof groupsQuery>) {
    return listGroups(this.dataSource.manager, this.clock.now(), asked);
  }

  @Get('groups/:code/courses')
  @Permit('desk.read')
  @Answers('Which courses a group has now, by semester of its students', groupCoursesSchema)
  async readGroupCourses(
    @Param('code', { schema: code }) code: string,
    @Query({ schema: ofSystem }) { system }: z.infer<typeof ofSystem>,
  ) {
    return here(await coursesOfGroup(this.dataSource.manager, this.clock.now(), code, system));
  }

  @Get('students/list')
  @Permit('students.read')
  @Answers('Students of the mirror', peopleSchema)
  listStudents(@Query({ schema: peopleQuery }) asked: z.infer<typeof peopleQuery>) {
    return listStudents(this.dataSource, this.clock.now(), asked);
  }

  @Get('students/:code/courses')
  @Permit('desk.read')
  @Answers('Which courses a student has now', studentCoursesSchema)
  async readStudentCourses(
    @Param('code', { schema: code }) code: string,
    @Query({ schema: ofSystem }) { system }: z.infer<typeof ofSystem>,
  ) {
    return here(await coursesOfStudent(this.dataSource.manager, this.clock.now(), code, system));
  }
}
