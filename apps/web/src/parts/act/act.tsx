import { Button, Group, Modal, Stack, Textarea, type ButtonProps } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tellOutcome } from './outcomes.js';
import { ProblemNote } from './problem.js';

export interface ActProps extends Pick<ButtonProps, 'variant' | 'leftSection' | 'disabled' | 'color'> {
  /** On the button that opens the question. */
  label: ReactNode;
  title: string;
  /** What it will touch. */
  children?: ReactNode;
  /** On the button that does it: what it does, with its number. */
  confirm: string;
  /** Dangerous: it asks for a reason, which goes to the audit. */
  needsReason?: boolean;
  dangerous?: boolean;
  /** @returns what was done, in a sentence */
  run: (reason: string) => Promise<ReactNode>;
}

/** A deed of an operator: says before what it will touch, does it, and says afterwards what it did until that is closed. */
export function Act({
  label,
  title,
  children,
  confirm,
  needsReason = false,
  dangerous = false,
  variant = 'default',
  run,
  ...button
}: ActProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const doing = useMutation({
    mutationFn: run,
    onSuccess: (outcome) => {
      setOpened(false);
      setReason('');
      tellOutcome(outcome);
    },
  });
  const submit = () => {
    if (needsReason && reason.trim() === '') return setMissing(true);
    doing.mutate(reason.trim());
  };
  return (
    <>
      <Button
        variant={variant}
        {...button}
        onClick={() => {
          doing.reset();
          setOpened(true);
        }}
      >
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={title}
        closeButtonProps={{ 'aria-label': t('parts.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack gap="sm">
            <div>{children}</div>
            {needsReason && (
              <Textarea
                label={t('parts.why')}
                value={reason}
                error={missing && reason.trim() === '' && t('parts.whyMissing')}
                onChange={(event) => setReason(event.currentTarget.value)}
                {...{ autosize: true, minRows: 2, required: true, withAsterisk: false, 'data-autofocus': true }}
              />
            )}
            {doing.error && <ProblemNote error={doing.error} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setOpened(false)}>
                {t('parts.cancel')}
              </Button>
              <Button
                type="submit"
                loading={doing.isPending}
                color={dangerous ? 'red' : undefined}
                data-autofocus={!needsReason}
              >
                {confirm}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
