import 'reflect-metadata';
import { Controller, Delete, Get } from '@nestjs/common';
import { AnswersElsewhere, AnswersNothing } from '#http-api';
import { Permit } from '../../permissions/permit.js';
import { openApiText } from './document.js';

@Controller('api')
class Routes {
  @Delete('thing')
  @Permit('signed-in')
  @AnswersNothing('Throw it away')
  throwAway(): void {}

  @Get('away')
  @Permit('anybody')
  @AnswersElsewhere('Leads away')
  leadAway(): void {}
}

test('a route that answers nothing, and one that leads elsewhere, stand in the document with their status alone', () => {
  const { paths } = JSON.parse(openApiText([Routes])) as {
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  };
  expect(paths['/api/thing']!.delete!.responses).toMatchObject({ 204: { description: 'Throw it away' } });
  expect(paths['/api/away']!.get!.responses).toMatchObject({ 303: { description: 'Leads away' } });
  for (const path of Object.values(paths)) expect(JSON.stringify(path)).not.toContain('"content"');
});
