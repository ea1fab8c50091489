import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

function* university(persons: number, membershipsOfEach: number): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<enterprise>\n<properties><datasource>1C</datasource></properties>\n';
  const courses = 2_000;
  for (let course = 0; course < courses; course++)
    yield (
      `<group recstatus="1"><sourcedid><source>1C</source><id>CRS-${course}</id></sourcedid>` +
      `<description><short>Курс ${course}</short></description></group>\n`
    );
  for (let person = 0; person < persons; person++)
    yield (
      `<person recstatus="1">\n  <sourcedid><source>1C</source><id>P-${person}</id></sourcedid>\n` +
      `  <userid>p${person}</userid>\n  <name><fn>Иванов Пётр</fn><n><family>Иванов</family><given>Пётр</given></n></name>\n` +
      `  <email>p${person}@example.edu</email>\n  <adr><locality>Москва</locality><country>RU</country></adr>\n</person>\n`
    );
  const members = Math.floor((persons * membershipsOfEach) / courses);
  for (let course = 0; course < courses; course++) {
    yield `<membership><sourcedid><source>1C</source><id>CRS-${course}</id></sourcedid>\n`;
    for (let member = 0; member < members; member++)
      yield (
        `<member><sourcedid><source>1C</source><id>P-${(course * 97 + member) % persons}</id></sourcedid><idtype>1</idtype>` +
        `<role roletype="01"><status>1</status><timeframe><begin restrict="1">2025-09-01</begin>` +
        `<end restrict="1">2026-07-01</end></timeframe><extension><cohort>G-1</cohort></extension></role></member>\n`
      );
    yield '</membership>\n';
  }
  yield '</enterprise>\n';
}

/** Writes a file of so many persons, each in so many courses. */
export async function writeBigFile(path: string, persons: number, membershipsOfEach: number): Promise<void> {
  const file = createWriteStream(path);
  for (const line of university(persons, membershipsOfEach)) if (!file.write(line)) await once(file, 'drain');
  file.end();
  await finished(file);
}
