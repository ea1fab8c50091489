import { Button, FileInput, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../parts/act/problem.js';
import { displayedQuery } from '../../api.js';
import { load, type TableDeed } from '../grid/deeds.js';
import type { DocumentSession } from '../session/session.js';
import { linesDisplayed } from '../sheet/lines.js';
import { largestFile, preview, type FileChange } from './api.js';
import { Previewed } from './previewed.js';

interface Props {
  session: DocumentSession;
  /** Code of the ELS. */
  system: string;
  say: (deed: TableDeed) => void;
  close: () => void;
}

/** A file is read; what it would change is seen before it lands in the form. Into the register it goes by Save. */
export function LoadFile({ session, system, say, close }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const tooLarge = file !== null && file.size > largestFile;
  const reading = useMutation({ mutationFn: (chosen: File) => preview(system, chosen) });
  const entering = useMutation({
    mutationFn: async (changes: FileChange[]) => {
      // a file may change what the form does not display
      if (session.header().display !== 'all') {
        const all = await queries.fetchQuery({ ...displayedQuery(system, 'all'), staleTime: 0 });
        session.widen(linesDisplayed(all));
      }
      say(load(session.sheet, changes));
      close();
    },
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    reading.reset();
    if (chosen && chosen.size <= largestFile) reading.mutate(chosen);
  };
  const changes = reading.data?.changes ?? [];
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      title={t('desk.spreadsheet.title')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <Stack gap="sm">
        <p>{t('desk.spreadsheet.text')}</p>
        <FileInput
          {...{ size: 'xs', accept: '.xlsx,.csv', value: file, onChange: choose, 'data-autofocus': true }}
          label={t('desk.spreadsheet.file')}
          placeholder={t('desk.spreadsheet.chooseFile')}
          error={tooLarge && t('desk.spreadsheet.tooLarge')}
        />
        <div role="status">
          {reading.isPending && t('desk.spreadsheet.reading')}
          {reading.data && <Previewed preview={reading.data} />}
        </div>
        {(reading.error ?? entering.error) && <ProblemNote error={reading.error ?? entering.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('parts.cancel')}
          </Button>
          {changes.length > 0 && (
            <Button loading={entering.isPending} onClick={() => entering.mutate(changes)}>
              {t('desk.spreadsheet.do', { count: changes.length })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
