import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../parts/act/problem.js';
import { Question } from '../../parts/question.js';
import type { TableDeed } from '../grid/deeds.js';
import type { DocumentSession } from '../session/session.js';
import { download, formats } from './api.js';
import { LoadFile } from './load.js';

interface Props {
  session: DocumentSession;
  say: (deed: TableDeed) => void;
}

/** Bindings of the ELS as a file, out and in. */
export function Spreadsheet({ session, say }: Props) {
  const { t } = useTranslation();
  const { system, display } = useSyncExternalStore(session.subscribe, session.header);
  const [asked, setAsked] = useState<'els' | 'file'>();
  const downloading = useMutation({
    mutationFn: async (format: (typeof formats)[number]) => {
      if (system === null) return setAsked('els');
      await download(system, display ?? 'all', format);
    },
  });
  const close = () => setAsked(undefined);
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" loading={downloading.isPending}>
            {t('desk.spreadsheet.label')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format} onClick={() => downloading.mutate(format)}>
              {t(`desk.spreadsheet.${format}`)}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setAsked(system === null ? 'els' : 'file')}>{t('desk.spreadsheet.load')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {downloading.error && <ProblemNote error={downloading.error} />}
      {asked === 'els' && (
        <Question title={t('desk.spreadsheet.title')} close={close} answers={[{ label: t('parts.close'), run: close }]}>
          {t('desk.spreadsheet.noEls')}
        </Question>
      )}
      {asked === 'file' && system !== null && <LoadFile {...{ session, system, say, close }} />}
    </>
  );
}
