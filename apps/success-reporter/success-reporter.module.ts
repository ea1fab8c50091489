import { Module } from '@nestjs/common';
import { reporting, ToldBook } from '#reporting';
import { schema } from './ledger/schema.js';
import { OutcomeHandler, service } from './outcome.handler.js';
import { Reporter } from './reporter.js';

@Module({
  imports: reporting({ service, schema }),
  controllers: [OutcomeHandler],
  providers: [{ provide: Reporter, inject: [ToldBook], useFactory: (book: ToldBook) => new Reporter(book) }],
})
export class SuccessReporterModule {}
