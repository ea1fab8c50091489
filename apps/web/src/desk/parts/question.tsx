import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../parts/act/problem.js';

export interface Answer {
  label: string;
  run: () => void;
  dangerous?: boolean;
}

interface Props {
  title: string;
  children: ReactNode;
  /** The first is the one that Enter gives. */
  answers: Answer[];
  close: () => void;
  error?: unknown;
}

/** A question of the form, with an answer by a button each. */
export function Question({ title, children, answers, close, error }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={close} title={title} size="lg" closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <Stack gap="sm">
        <div>{children}</div>
        {error != null && <ProblemNote error={error} />}
        <Group justify="flex-end" gap="xs">
          {answers.map(({ label, run, dangerous }, index) => (
            <Button
              key={label}
              variant={index === 0 || dangerous ? 'filled' : 'default'}
              color={dangerous ? 'red' : undefined}
              data-autofocus={index === 0 || undefined}
              onClick={run}
            >
              {label}
            </Button>
          ))}
        </Group>
      </Stack>
    </Modal>
  );
}
