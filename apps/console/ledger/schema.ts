import { AuditRow } from './entities/audit.js';
import { EditRow } from './entities/edits.js';
import { ExaminationRow } from './entities/examinations.js';
import { FailureRow } from './entities/failures.js';
import { GapRow } from './entities/gaps.js';
import { OpenIdSignInRow } from './entities/sign-in/openid-sign-ins.js';
import { InvitationRow } from './entities/sign-in/invitations.js';
import { JournalRow } from './entities/journal.js';
import { KnownRow } from './entities/known.js';
import { HeartbeatRow } from './entities/notices/heartbeat.js';
import { NoticeDeliveryRow } from './entities/notices/notice-deliveries.js';
import { NoticeTroubleRow } from './entities/notices/notice-troubles.js';
import { NoticeRow } from './entities/notices/notices.js';
import { PublisherRow } from './entities/publishers.js';
import { QueueSampleRow } from './entities/queue-samples.js';
import { ReplayItemRow } from './entities/replay-items.js';
import { ReplayRow } from './entities/replays.js';
import { SessionRow } from './entities/sign-in/sessions.js';
import { SignInTriesRow } from './entities/sign-in/sign-in-tries.js';
import { UserRow } from './entities/sign-in/users.js';
import { FailuresAndJournal1790000500000 } from './migrations/1790000500000-failures-and-journal.js';
import { UsersSessionsAudit1790000600000 } from './migrations/1790000600000-users-sessions-audit.js';
import { ExaminationsAndSearches1790000610000 } from './migrations/1790000610000-examinations-and-searches.js';
import { QueueSamples1790000620000 } from './migrations/1790000620000-queue-samples.js';
import { JournalOfSystem1790000630000 } from './migrations/1790000630000-journal-of-system.js';
import { RareEvents1790000640000 } from './migrations/1790000640000-rare-events.js';
import { Notices1790000650000 } from './migrations/1790000650000-notices.js';
import { Edits1790000660000 } from './migrations/1790000660000-edits.js';
import { CausesOfAFailure1790000670000 } from './migrations/1790000670000-causes-of-a-failure.js';
import { OpenId1790000690000 } from './migrations/1790000690000-openid.js';

export const schema = {
  schema: 'console',
  entities: [
    ...[FailureRow, KnownRow, JournalRow, PublisherRow, GapRow, ReplayRow, ReplayItemRow, EditRow],
    ...[UserRow, SessionRow, InvitationRow, SignInTriesRow, OpenIdSignInRow, AuditRow, ExaminationRow, QueueSampleRow],
    ...[NoticeTroubleRow, NoticeRow, NoticeDeliveryRow, HeartbeatRow],
  ],
  migrations: [
    FailuresAndJournal1790000500000,
    UsersSessionsAudit1790000600000,
    ExaminationsAndSearches1790000610000,
    QueueSamples1790000620000,
    JournalOfSystem1790000630000,
    RareEvents1790000640000,
    Notices1790000650000,
    Edits1790000660000,
    CausesOfAFailure1790000670000,
    OpenId1790000690000,
  ],
};
