import { CurriculumRow } from './entities/mirror/curricula.js';
import { CurriculumLineRow } from './entities/mirror/curriculum-lines.js';
import { DepartmentRow } from './entities/mirror/departments.js';
import { DisciplineRow } from './entities/mirror/disciplines.js';
import { IndividualFullNameRow } from './entities/mirror/individual-full-names.js';
import { MirrorState } from './entities/mirror/mirror-state.js';
import { StudentStatusRow } from './entities/mirror/student-statuses.js';
import { StudentRow } from './entities/mirror/students.js';
import { StudyGroupRow } from './entities/mirror/study-groups.js';
import { AcademicCourseBindingRow } from './entities/toolkit/academic-course-bindings.js';
import { AccountRow } from './entities/toolkit/accounts.js';
import { BindingChangeRow } from './entities/toolkit/binding-changes.js';
import { BindingDocumentLineRow } from './entities/documents/binding-document-lines.js';
import { BindingDocumentNumberRow } from './entities/documents/binding-document-numbers.js';
import { BindingDocumentRow } from './entities/documents/binding-documents.js';
import { BindingSequenceRow } from './entities/toolkit/binding-sequence.js';
import { EmptyBindingRunRow } from './entities/documents/empty-binding-runs.js';
import { FaultSequenceRow } from './entities/toolkit/fault-sequences.js';
import { FaultRow } from './entities/toolkit/faults.js';
import { OfferedRow } from './entities/toolkit/offered.js';
import { SynchronizationRow } from './entities/toolkit/synchronization.js';
import { ElsRow } from './entities/toolkit/systems.js';
import { ElsTakenRow } from './entities/toolkit/systems-taken.js';
import { MirrorAndRegisters1790000200000 } from './migrations/1790000200000-mirror-and-registers.js';
import { AwaitedFlags1790000300000 } from './migrations/1790000300000-awaited-flags.js';
import { MirrorAge1790000400000 } from './migrations/1790000400000-mirror-age.js';
import { ConfiguredAccounts1790000500000 } from './migrations/1790000500000-configured-accounts.js';
import { Faults1790000600000 } from './migrations/1790000600000-faults.js';
import { BindingDesk1790000700000 } from './migrations/1790000700000-binding-desk.js';
import { EmptyBindingRuns1790000800000 } from './migrations/1790000800000-empty-binding-runs.js';
import { NamedCurricula1790001100000 } from './migrations/1790001100000-named-curricula.js';
import { TakenSystems1790001200000 } from './migrations/1790001200000-taken-systems.js';

/** The service's schema: the mirror of 1C:University, and the paper's own objects. */
export const schema = {
  schema: 'onec_component',
  entities: [
    StudentRow,
    StudentStatusRow,
    IndividualFullNameRow,
    StudyGroupRow,
    CurriculumRow,
    CurriculumLineRow,
    DisciplineRow,
    DepartmentRow,
    MirrorState,
    ElsRow,
    ElsTakenRow,
    SynchronizationRow,
    BindingDocumentRow,
    BindingDocumentLineRow,
    BindingDocumentNumberRow,
    AcademicCourseBindingRow,
    BindingChangeRow,
    BindingSequenceRow,
    EmptyBindingRunRow,
    OfferedRow,
    FaultRow,
    FaultSequenceRow,
    AccountRow,
  ],
  migrations: [
    MirrorAndRegisters1790000200000,
    AwaitedFlags1790000300000,
    MirrorAge1790000400000,
    ConfiguredAccounts1790000500000,
    Faults1790000600000,
    BindingDesk1790000700000,
    EmptyBindingRuns1790000800000,
    NamedCurricula1790001100000,
    TakenSystems1790001200000,
  ],
};
