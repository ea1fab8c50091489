import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '#http-api';
import { Permit } from '../permissions/permit.js';
import { Audit } from './audit.js';
import { auditQuery, auditSchema } from './schemas.js';

@Controller('api/audit')
export class AuditController {
  constructor(@Inject(Audit) private readonly audit: Audit) {}

  @Get()
  @Permit('audit.see')
  @Answers('Who did what, when and why; newest first', auditSchema)
  async listAudit(@Query({ schema: auditQuery }) { limit, ...asked }: z.infer<typeof auditQuery>) {
    const entries = await this.audit.list({ ...asked, limit: limit + 1 });
    return { entries: entries.slice(0, limit), more: entries.length > limit };
  }
}
