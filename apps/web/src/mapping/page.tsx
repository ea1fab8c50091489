import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client.js';
import { Act } from '../parts/act/act.js';
import { Empty, Known } from '../parts/known.js';
import { PageHead } from '../parts/page-head.js';
import { StateBadge, type State } from '../parts/state.js';
import { DataTable, type Column } from '../parts/table/data-table.js';
import { When } from '../parts/time/when.js';
import type { Finding } from '../systems/api.js';
import { count } from '../parts/time/moment.js';
import { useLanguage, useSaid } from '../texts/language.js';
import { isRunning, mappingQuery, type MappingLook, type SectionLook } from './api.js';
import styles from './mapping.module.css';

/** Does the mapping fit 1C's publication: what is missing, and what each section gives. */
export function MappingPage() {
  const { t } = useTranslation();
  const query = useQuery(mappingQuery);
  const { data } = query;
  return (
    <>
      <PageHead title={t('mapping.title')} answer={data && <Answer look={data} />}>
        {data && data.mappingFile !== null && <LookNow />}
      </PageHead>
      <Known query={query}>{(look) => <Look look={look} />}</Known>
    </>
  );
}

function Answer({ look }: { look: MappingLook }) {
  const { t } = useTranslation();
  if (look.mappingFile === null) return null;
  if (isRunning(look)) return <StateBadge state="self">{t('mapping.running')}</StateBadge>;
  if (look.endedAt === null) return t('mapping.never');
  const errors = look.findings.filter(({ severity }) => severity === 'error').length;
  return (
    <>
      {errors === 0 ? (
        <StateBadge state="well">{t('mapping.fits')}</StateBadge>
      ) : (
        <StateBadge state="person">{t('mapping.missing', { count: errors })}</StateBadge>
      )}{' '}
      <span className={styles.soft}>
        {t('systems.doctor.last')} <When time={look.endedAt} />
        {look.by && `, ${look.by}`}
      </span>
    </>
  );
}

function LookNow() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const run = async () => {
    await ask(api.POST('/api/mapping/examination'));
    await queries.invalidateQueries({ queryKey: mappingQuery.queryKey });
    return t('mapping.begun');
  };
  return (
    <Act {...{ run, label: t('mapping.run') }} title={t('mapping.runTitle')} confirm={t('mapping.run')}>
      {t('mapping.runText')}
    </Act>
  );
}

function Look({ look: { mappingFile, findings, sections } }: { look: MappingLook }) {
  const { t } = useTranslation();
  if (mappingFile === null) return <Empty title={t('mapping.none')}>{t('mapping.noneText')}</Empty>;
  return (
    <>
      <p className={styles.soft}>
        {t('mapping.file')} <code>{mappingFile}</code>
      </p>
      {findings.length > 0 && <Findings findings={findings} />}
      {sections.map((section) => (
        <Section key={`${section.section} ${section.kind} ${section.set}`} section={section} />
      ))}
    </>
  );
}

const colours: Record<Finding['severity'], State> = { ok: 'well', advice: 'well', warning: 'self', error: 'person' };
const weights: Record<Finding['severity'], number> = { error: 0, warning: 1, advice: 2, ok: 3 };

function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation();
  const said = useSaid();
  const columns: Column<Finding>[] = [
    {
      key: 'severity',
      title: t('systems.state'),
      cell: ({ severity }) => (
        <StateBadge state={colours[severity]}>{t(`systems.doctor.severities.${severity}`)}</StateBadge>
      ),
    },
    { key: 'what', title: t('systems.doctor.what'), wide: true, cell: ({ what }) => <bdi>{said(what)}</bdi> },
    { key: 'mend', title: t('systems.doctor.mend'), wide: true, cell: ({ mend }) => mend && said(mend) },
  ];
  const rows = [...findings].sort((one, other) => weights[one.severity] - weights[other.severity]);
  return (
    <section className={styles.section}>
      <h2>{t('mapping.findings')}</h2>
      <DataTable label={t('mapping.findings')} columns={columns} rows={rows} rowKey={({ check }) => check} />
    </section>
  );
}

const sectionNames = [
  'students',
  'statuses',
  'names',
  'groups',
  'curricula',
  'disciplines',
  'departments',
  'systems',
  'documents',
] as const;
const isNamed = (name: string): name is (typeof sectionNames)[number] =>
  (sectionNames as readonly string[]).includes(name);

/** Where a section is read from, how many rows stand there, and ten of its records as the mirror would see them. */
function Section({ section: { section, kind, set, rows, fields, examples } }: { section: SectionLook }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = isNamed(section) ? t(`mapping.sections.${section}`) : section;
  const title = kind === null ? name : `${name}, ${kind}`;
  const columns: Column<{ values: string[]; index: number }>[] = fields.map((field, index) => ({
    key: field,
    title: <code>{field}</code>,
    cell: ({ values }) => <bdi>{values[index]}</bdi>,
  }));
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <p>
        <code>{set}</code> · {t('mapping.rows', { count: rows, number: count(rows, language) })}
        {examples.length > 0 && ` · ${t('mapping.examples', { count: examples.length })}`}
      </p>
      {examples.length > 0 && (
        <DataTable
          label={title}
          columns={columns}
          rows={examples.map((values, index) => ({ values, index }))}
          rowKey={({ index }) => String(index)}
        />
      )}
    </section>
  );
}
