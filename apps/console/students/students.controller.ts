import { Controller, Get, Inject, Query } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { both } from '#contracts';
import { Answers, problems } from '#http-api';
import { CONFIGURATION, hasFile, type Configuration, type SystemConfiguration } from '#platform';
import { standingTroubles } from '../overview/status.js';
import type { Access } from '../permissions/access.js';
import { Permit } from '../permissions/permit.js';
import type { Session } from '../session/sessions.js';
import { Who } from '../session/who.js';
import { storiesSchema, storyQuery, studentsQuery, studentsSchema } from './schemas.js';
import { findStudents } from './search.js';
import { storiesTold } from './story.js';

@Controller('api')
export class StudentsController {
  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Get('students')
  @Permit('failures.see')
  @Answers('Find students: by code, group or Moodle id', studentsSchema)
  async findStudents(
    @Query({ schema: studentsQuery }) { code, group, moodleUser, system, limit }: z.infer<typeof studentsQuery>,
    @Who() { access }: Session,
  ) {
    const systems = this.systemsFor(access)
      // In a file accounts have numbers of our own, which are not Moodle's.
      .filter((each) => moodleUser === undefined || !hasFile(each))
      .map(({ id }) => id)
      .filter((id) => system === undefined || id === system);
    const students = await findStudents(this.dataSource, {
      ...{ systems, limit },
      ...(code !== undefined && { code }),
      ...(group !== undefined && { group }),
      ...(moodleUser !== undefined && { moodleUser }),
    });
    return { students };
  }

  /** A code may hold a slash: proxies may not let it pass in a path. */
  @Get('students/story')
  @Permit('failures.see')
  @Answers("A student's whole story: what 1C said, what was done, what failed, what 1C was told", storiesSchema)
  async readStory(
    @Query({ schema: storyQuery }) { code, limit }: z.infer<typeof storyQuery>,
    @Who() { access }: Session,
  ) {
    const systems = this.systemsFor(access);
    const stories = await storiesTold(this.dataSource, code, systems, limit);
    const troubles = (
      await standingTroubles(
        this.dataSource,
        systems.map(({ id }) => id),
      )
    ).filter(({ about }) => about === code);
    if (stories.length + troubles.length === 0)
      throw problems.notFound(
        both(
          'Об этом студенте ничего не известно: его ещё не передавали, или журнал уже забыт',
          'Nothing is known of this student: nobody has told of them yet, or the journal is forgotten',
        ),
      );
    return { code, stories, troubles };
  }

  private systemsFor(access: Access): SystemConfiguration[] {
    return this.configuration.systems.filter(({ id }) => access.may('failures.see', id));
  }
}
