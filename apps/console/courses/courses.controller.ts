import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers } from '#http-api';
import { CONFIGURATION, type Configuration } from '#platform';
import { Permit } from '../permissions/permit.js';
import { systemCalled } from '../systems/known-systems.js';
import { systemId } from '../systems/schemas.js';
import { Catalogues } from './catalogues.js';
import { checkedCourses, checkSchema, coursesQuery, coursesSchema } from './schemas.js';

/** Why Moodle is not asked. */
const takesFiles = both(
  'У этой системы нет веб-служб (раздел imsFile): о её курсах спросить некого',
  'This system has no web services (section imsFile): nobody can be asked for its courses',
);

/** Moodle's courses, for whoever binds disciplines to them. */
@Controller('api/systems/:system/courses')
export class CoursesController {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(Catalogues) private readonly catalogues: Catalogues,
  ) {}

  @Get()
  @Permit('desk.read')
  @Answers('Courses of a Moodle by name, short name, ID number or number', coursesSchema)
  searchCourses(
    @Param('system', { schema: systemId }) id: string,
    @Query({ schema: coursesQuery }) { text }: z.infer<typeof coursesQuery>,
  ) {
    return (
      this.catalogues.find(systemCalled(this.configuration, id).id)?.search(text) ?? {
        courses: [],
        trouble: takesFiles,
      }
    );
  }

  @Post('check')
  @Permit('desk.read')
  @Answers('What stands behind these numbers, and where nobody can be enrolled', checkSchema)
  checkCourses(
    @Param('system', { schema: systemId }) id: string,
    @Body({ schema: checkedCourses }) { ids }: z.infer<typeof checkedCourses>,
  ) {
    return (
      this.catalogues.find(systemCalled(this.configuration, id).id)?.check(ids) ?? {
        ...{ courses: [], failures: [], trouble: takesFiles },
      }
    );
  }
}
