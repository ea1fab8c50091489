import { SynchronizationError, type Bilingual } from '#contracts';
import type { MoodleClient } from '#moodle';

export type FoundCourse = Awaited<ReturnType<MoodleClient['coursesById']>>[number];
type Client = Pick<MoodleClient, 'siteInfo' | 'searchCourses' | 'allCourses' | 'coursesById' | 'coursesThatFail'>;

/** Courses of one answer at the most. */
export const atMost = 50;
/** Milliseconds: so long what Moodle has said of all courses, and of its functions, is good. */
const goodFor = 600_000;

/** What Moodle has said, or why it could not be asked. */
export type Asked<T> = T & { trouble: Bilingual | null };

/** The courses of one system's Moodle, for whoever binds disciplines to them. */
export class Catalogue {
  private searches?: { told: Promise<boolean>; time: number };
  private all?: { courses: Promise<FoundCourse[]>; time: number };

  constructor(
    private readonly client: Client,
    private readonly now: () => number = Date.now,
  ) {}

  /** By a piece of name, short name or ID number; a number finds the course of that number first. */
  async search(text: string): Promise<Asked<{ courses: FoundCourse[] }>> {
    return asked({ courses: [] as FoundCourse[] }, async () => {
      const byNumber = /^[1-9]\d{0,9}$/.test(text) ? await this.client.coursesById([Number(text)]) : [];
      const byText = (await this.canSearch())
        ? await this.client.searchCourses(text, atMost)
        : matching(await this.everything(), text);
      const others = byText.filter(({ id }) => !byNumber.some((course) => course.id === id));
      return { courses: [...byNumber, ...others].slice(0, atMost) };
    });
  }

  /** What stands behind these numbers, and those to which nobody can be enrolled. */
  check(ids: readonly number[]): Promise<Asked<Awaited<ReturnType<Client['coursesThatFail']>>>> {
    return asked({ courses: [], failures: [] }, () => this.client.coursesThatFail(ids));
  }

  /** Does the service have the function? */
  private canSearch(): Promise<boolean> {
    if (!this.searches || this.now() - this.searches.time >= goodFor) {
      const told = this.client.siteInfo().then((site) => site.functions.includes('core_course_search_courses'));
      told.catch(() => delete this.searches);
      this.searches = { told, time: this.now() };
    }
    return this.searches.told;
  }

  private everything(): Promise<FoundCourse[]> {
    if (!this.all || this.now() - this.all.time >= goodFor) {
      const courses = this.client.allCourses();
      courses.catch(() => delete this.all);
      this.all = { courses, time: this.now() };
    }
    return this.all.courses;
  }
}

/** An answer of Moodle's; where there is none, nothing, and why. */
async function asked<T>(nothing: T, ask: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { ...(await ask()), trouble: null };
  } catch (error) {
    if (error instanceof SynchronizationError) return { ...nothing, trouble: error.failure.reason };
    throw error;
  }
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** Every word stands somewhere in name, short name or ID number. */
function matching(courses: readonly FoundCourse[], text: string): FoundCourse[] {
  const words = plain(text).split(/\s+/u).filter(Boolean);
  return courses
    .filter(({ fullname, shortname, idnumber = '' }) => {
      const all = plain(`${fullname} ${shortname} ${idnumber}`);
      return words.every((word) => all.includes(word));
    })
    .slice(0, atMost);
}
