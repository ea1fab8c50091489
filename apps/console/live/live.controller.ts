import { Controller, Headers, Inject, Sse, type MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
import { AnswersText } from '#http-api';
import { Permit } from '../permissions/permit.js';
import { Sessions } from '../session/sessions.js';
import { Caller, type Known } from '../session/who.js';
import type { Change } from './feed.js';
import { Watch } from './watch.js';

/** Milliseconds. */
const beatEvery = 15_000;

const event = ({ id, topic }: Change): MessageEvent => ({ id, type: 'change', data: { topic } });

@Controller('api')
export class LiveController {
  constructor(
    @Inject(Watch) private readonly watch: Watch,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @Sse('live')
  @Permit('overview.see')
  @AnswersText(
    'What changes, as it does: events `change` with `{ topic }`, resumed by Last-Event-ID, and a `beat` every 15 s',
    'text/event-stream',
  )
  follow(@Caller() { token }: Known, @Headers('last-event-id') last?: string): Observable<MessageEvent> {
    return new Observable((client) => {
      const stop = this.watch.follow(
        (change) => client.next(event(change)),
        () => client.complete(),
      );
      if (last) for (const change of this.watch.feed.since(last)) client.next(event(change));
      const beat = (): void => client.next({ id: this.watch.feed.newest, type: 'beat', data: {} });
      // The first one says: what was read before may be old, what changes from here on is told.
      void this.watch.ready.then(beat);
      // Whoever is signed out elsewhere, or has been quiet for too long, sees no more.
      const timer = setInterval(() => {
        this.sessions.find(token!, true).then(
          (session) => (session?.access.may('overview.see') ? beat() : client.complete()),
          () => undefined,
        );
      }, beatEvery);
      return () => {
        clearInterval(timer);
        stop();
      };
    });
  }
}
