import { Button, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.js';
import { Act } from '../../parts/act/act.js';
import { tellOutcome } from '../../parts/act/outcomes.js';
import { Known } from '../../parts/known.js';
import { PageHead } from '../../parts/page-head.js';
import { StateText } from '../../parts/state.js';
import { DataTable, type Column } from '../../parts/table/data-table.js';
import { useUser } from '../../sign-in/session.js';
import { createEls, deleteEls, editEls, elsQuery, type Els } from '../api.js';
import { Question } from '../parts/question.js';

/** The directory of learning systems, and names that only one side knows. */
export function ElsPage() {
  const { t } = useTranslation();
  const { may } = useUser();
  const query = useQuery(elsQuery);
  return (
    <>
      <PageHead title={t('desk.directory.title')} answer={t('desk.directory.answer')}>
        {may('desk.cancel') && <Edit />}
      </PageHead>
      <Known query={query}>
        {({ els, unknown }) => (
          <>
            {unknown.map(({ id, name }) => (
              <p key={id}>
                <StateText state="person">{t('desk.directory.unknown', { id, name })}</StateText>
              </p>
            ))}
            <Directory els={els} />
          </>
        )}
      </Known>
    </>
  );
}

function Directory({ els }: { els: Els[] }) {
  const { t } = useTranslation();
  const { may } = useUser();
  const columns: Column<Els>[] = [
    { key: 'code', title: t('desk.directory.code'), cell: ({ code }) => code },
    { key: 'name', title: t('desk.directory.name'), cell: ({ name }) => <b>{name}</b> },
    { key: 'address', title: t('desk.directory.address'), wide: true, optional: true, cell: ({ address }) => address },
    {
      key: 'ids',
      title: t('desk.directory.ids'),
      cell: ({ ids }) =>
        ids.length > 0 ? ids.join(', ') : <StateText state="person">{t('desk.directory.nobody')}</StateText>,
    },
    { key: 'bindings', title: t('desk.directory.bindings'), numeric: true, cell: ({ bindings }) => bindings },
    { key: 'documents', title: t('desk.directory.documents'), numeric: true, cell: ({ documents }) => documents },
  ];
  if (may('desk.cancel'))
    columns.push({
      key: 'deeds',
      title: '',
      cell: (row) => (
        <>
          <Edit els={row} />
          <Delete els={row} />
        </>
      ),
    });
  return <DataTable label={t('desk.directory.title')} columns={columns} rows={els} rowKey={({ code }) => code} />;
}

/** A new one, or another name and address. A new name asks: the configuration has to follow it. */
function Edit({ els }: { els?: Els }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState(els?.name ?? '');
  const [address, setAddress] = useState(els?.address ?? '');
  const [error, setError] = useState<unknown>();
  const [asked, setAsked] = useState<string>();
  const label = els ? t('desk.directory.edit') : t('desk.directory.create');
  const close = () => {
    setOpened(false);
    setAsked(undefined);
    setError(undefined);
  };
  const save = async (accept: string) => {
    try {
      const given = { name: name.trim(), address: address.trim() };
      await (els ? editEls(els.code, { ...given, accept }) : createEls(given));
      await queries.invalidateQueries({ queryKey: ['desk', 'els'] });
      tellOutcome(t('desk.directory.saved', { name: given.name }));
      close();
    } catch (refusal) {
      const problem = problemOf(refusal);
      if (problem.isNamed('ask')) setAsked(problem.body.detail ?? problem.body.title ?? '');
      else setError(refusal);
    }
  };
  return (
    <>
      <Button
        {...(els ? { size: 'compact-xs', variant: 'subtle' } : {})}
        aria-label={els ? `${label}: ${els.name}` : undefined}
        onClick={() => {
          setName(els?.name ?? '');
          setAddress(els?.address ?? '');
          setOpened(true);
        }}
      >
        {label}
      </Button>
      {opened && (
        <Question
          title={els ? t('desk.directory.editTitle', { name: els.name }) : t('desk.directory.createTitle')}
          close={close}
          error={error}
          answers={[
            asked === undefined
              ? { label: t('desk.directory.save'), run: () => void save('') }
              : { label: t('desk.directory.rename'), run: () => void save(name.trim()) },
            { label: t('parts.cancel'), run: close },
          ]}
        >
          <Stack gap="sm">
            <TextInput
              label={t('desk.directory.name')}
              description={t('desk.directory.nameHint')}
              value={name}
              maxLength={150}
              onChange={(event) => {
                setName(event.currentTarget.value);
                setAsked(undefined);
              }}
            />
            <TextInput
              label={t('desk.directory.address')}
              value={address}
              maxLength={500}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
            {asked !== undefined && <StateText state="person">{asked}</StateText>}
          </Stack>
        </Question>
      )}
    </>
  );
}

function Delete({ els: { code, name } }: { els: Els }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Act
      {...{ size: 'compact-xs', variant: 'subtle', dangerous: true }}
      label={t('desk.directory.delete')}
      title={t('desk.directory.deleteTitle', { name })}
      confirm={t('desk.directory.deleteDo')}
      run={async () => {
        await deleteEls(code);
        await queries.invalidateQueries({ queryKey: ['desk', 'els'] });
        return t('desk.directory.deleted', { name });
      }}
    >
      {t('desk.directory.deleteText')}
    </Act>
  );
}
