import type { z } from 'zod';
import { both, type Bilingual } from '#contracts';
import type { SystemSections } from '../schema.js';

/** What `problemsOf` tells in place of "the value will not do". */
export interface ToldProblem {
  what: Bilingual;
  mend: Bilingual;
}

interface Contradiction {
  path: (keyof SystemSections | string)[];
  told?: ToldProblem;
}

/** What each key of a system allows, and all of them together do not. */
export function contradictionsOf(system: SystemSections, context: z.RefinementCtx<SystemSections>): void {
  for (const { path, told } of [...sourcesOf(system), ...sinksOf(system), ...rolesOf(system)])
    context.addIssue({ code: 'custom', path, ...(told && { params: { told } }) });
}

function sourcesOf({ synchronizer, ims }: SystemSections): Contradiction[] {
  if (synchronizer || ims) return [];
  return [
    {
      path: ['synchronizer'],
      told: {
        what: both(
          'не сказано, откуда студенты: нет ни synchronizer, ни ims',
          'nothing says where the students come from: neither synchronizer nor ims is given',
        ),
        mend: both(
          'добавьте раздел synchronizer (1С) или ims (папка файлов IMS Enterprise)',
          'add a section synchronizer (1C) or ims (a folder of IMS Enterprise files)',
        ),
      },
    },
  ];
}

function sinksOf({ moodle, imsFile, ims, enrolment }: SystemSections): Contradiction[] {
  if (!moodle && !imsFile)
    return [
      {
        path: ['moodle'],
        told: {
          what: both('ключ не задан, и imsFile тоже', 'the key is not given, and neither is imsFile'),
          mend: both(
            'добавьте раздел moodle (веб-службы) или imsFile (файл для плагина «Файл IMS Enterprise»)',
            "add a section moodle (web services) or imsFile (a file for the plugin 'IMS Enterprise file')",
          ),
        },
      },
    ];
  if (!imsFile) return [];
  const refused: [boolean, string[], ToldProblem][] = [
    [
      moodle !== undefined,
      ['imsFile'],
      {
        what: both(
          'у системы есть и moodle, и imsFile: пишут либо так, либо так',
          'the system has both moodle and imsFile: it is written one way or the other',
        ),
        mend: both('оставьте один из разделов', 'keep one of the sections'),
      },
    ],
    [
      ims !== undefined,
      ['ims'],
      {
        what: both(
          'файлы и на входе, и на выходе: такую выгрузку плагин Moodle прочтёт сам',
          "files come in and a file goes out: Moodle's plugin can read that export itself",
        ),
        mend: both('уберите раздел ims или imsFile', 'remove the section ims or imsFile'),
      },
    ],
    [
      enrolment.grouping === 'cohort',
      ['enrolment', 'grouping'],
      {
        what: both('глобальных групп в файле для Moodle не бывает', 'a file for Moodle knows no cohorts of the site'),
        mend: both('нужно: none или group', 'write none or group'),
      },
    ],
    [
      enrolment.newCourseCategory !== undefined,
      ['enrolment', 'newCourseCategory'],
      {
        what: both('файл для Moodle курсов не создаёт', 'a file for Moodle makes no courses'),
        mend: both('удалите ключ: курсы создают в самом Moodle', 'remove the key: courses are made in Moodle itself'),
      },
    ],
  ];
  return refused.flatMap(([isSo, path, told]) => (isSo ? [{ path, told }] : []));
}

function rolesOf({ moodle, imsFile, ims, enrolment }: SystemSections): Contradiction[] {
  const roles = moodle?.roles ?? imsFile?.roles;
  if (!roles) return [];
  const isKnown = (role: string): boolean => Object.hasOwn(roles, role);
  return [
    ...(isKnown(enrolment.role) ? [] : [{ path: ['enrolment', 'role'] }]),
    ...(Object.values(ims?.roles ?? {}).every(isKnown) ? [] : [{ path: ['ims', 'roles'] }]),
    ...(enrolment.editRoles.every(isKnown) ? [] : [{ path: ['enrolment', 'editRoles'] }]),
  ];
}
