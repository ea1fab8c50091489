import { Controller, Get, Inject, Post } from '@nestjs/common';
import { Answers } from '#http-api';
import { CONFIGURATION, type Configuration } from '#platform';
import { Audit } from '../../audit/audit.js';
import { Examinations, mapping } from '../../doctor/examinations.js';
import { Permit } from '../../permissions/permit.js';
import type { Session } from '../../session/sessions.js';
import { Who } from '../../session/who.js';
import { begunSchema } from '../schemas.js';
import { mappingSchema } from './schemas.js';

/** Does the mapping fit 1C's OData? What `itk doctor --mapping` says, as a page. */
@Controller('api/mapping')
export class MappingController {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(Examinations) private readonly examinations: Examinations,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Get()
  @Permit('mapping.examine')
  @Answers('What the last look at the mapping has found: what is missing, rows and examples', mappingSchema)
  async readMapping() {
    const { mappingFile = null } = this.configuration.onecComponent?.mirror.odata ?? {};
    const [last] = await this.examinations.list([mapping]);
    const [part] = last?.parts ?? [];
    return {
      ...{ mappingFile, by: last?.by ?? null, begunAt: last?.begunAt ?? null, endedAt: last?.endedAt ?? null },
      findings: (part?.findings ?? []).filter(({ severity }) => severity !== 'ok'),
      sections: part?.sections ?? [],
    };
  }

  @Post('examination')
  @Permit('mapping.examine')
  @Answers('Look at the whole publication now; changes nothing, may take tens of seconds', begunSchema, 202)
  async examineMapping(@Who() { login: by }: Session) {
    const { begun } = await this.audit.of({ by, action: 'mapping.examine' }, () =>
      this.examinations.begin(mapping, by),
    );
    return { begun };
  }
}
