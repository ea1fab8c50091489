import { Checkbox, Group, NativeSelect, NumberInput, Stack, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../../api/client.js';
import type { components } from '../../api/schema.js';
import { Act } from '../../parts/act/act.js';
import { Icon } from '../../parts/icon.js';
import { useAnew, useTouched, type Chosen } from './touched.js';

const rates = [1, 10, 50];
const usualBatch = 200;

type Ordered = components['schemas']['ReplayOrdered'];

function Begun({ taken, onDuty, replay }: Ordered) {
  const { t } = useTranslation();
  if (taken === 0) return <>{t('deeds.replay.nothing')}</>;
  return (
    <>
      {t('deeds.replay.done', { count: taken })} {!onDuty && t('deeds.replay.offDuty')}{' '}
      <Link to="/replays/$id" params={{ id: replay.id }}>
        {t('deeds.replay.follow')}
      </Link>
    </>
  );
}

function Touched({ chosen }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const { data } = useTouched(chosen);
  if (!data) return <p>{t('deeds.replay.touches', { count: chosen.number })}</p>;
  return (
    <p>
      {t('deeds.replay.touches', { count: data.failures })} {t('deeds.replay.students', { count: data.students })}
      {data.replaying > 0 && ` ${t('deeds.replay.underWay', { count: data.replaying })}`}
      {data.shared > 0 && ` ${t('deeds.replay.shared', { count: data.shared })}`}
      {data.withoutMessage > 0 && ` ${t('deeds.replay.without', { count: data.withoutMessage })}`}
    </p>
  );
}

/** Puts messages back into the queues they died in: for what is mended in Moodle. */
export function Replay({ chosen, variant }: { chosen: Chosen; variant?: ButtonProps['variant'] }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const { number: count, selection } = chosen;
  const [tryFirst, setTryFirst] = useState(true);
  const [rate, setRate] = useState('');
  const [batchSize, setBatchSize] = useState<number | string>(usualBatch);
  const run = async () => {
    const body = {
      selection,
      tryFirst: tryFirst && count > 1,
      ...(rate && { rate: Number(rate) }),
      batchSize: Number(batchSize) || usualBatch,
    };
    const ordered = await ask(api.POST('/api/replays', { body }));
    await anew();
    return <Begun {...ordered} />;
  };
  return (
    <Act
      {...{ run, variant, disabled: count === 0, leftSection: <Icon name="replay" /> }}
      label={t('deeds.replay.label', { count })}
      title={t('deeds.replay.title')}
      confirm={t('deeds.replay.do', { count })}
    >
      <Stack gap="sm">
        <Touched chosen={chosen} />
        {count > 1 && (
          <>
            <Checkbox
              label={t('deeds.replay.tryFirst')}
              checked={tryFirst}
              onChange={(event) => setTryFirst(event.currentTarget.checked)}
            />
            <Group grow>
              <NativeSelect
                label={t('deeds.replay.rate')}
                value={rate}
                data={[
                  { value: '', label: t('deeds.replay.fast') },
                  ...rates.map((each) => ({ value: String(each), label: t('deeds.replay.perSecond', { rate: each }) })),
                ]}
                onChange={(event) => setRate(event.currentTarget.value)}
              />
              <NumberInput
                {...{ label: t('deeds.replay.batch'), value: batchSize, onChange: setBatchSize }}
                {...{ min: 1, max: 1000, allowDecimal: false, hideControls: true }}
              />
            </Group>
          </>
        )}
      </Stack>
    </Act>
  );
}

/** One message of many, to see whether the cause is mended. */
export function TryOne({ chosen: { selection, number } }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const anew = useAnew();
  const run = async () => {
    const ordered = await ask(api.POST('/api/replays', { body: { selection, limit: 1 } }));
    await anew();
    return <Begun {...ordered} />;
  };
  return (
    <Act
      {...{ run, disabled: number === 0 }}
      label={t('deeds.replay.one')}
      title={t('deeds.replay.oneTitle')}
      confirm={t('deeds.replay.oneDo')}
    >
      {t('deeds.replay.oneText')}
    </Act>
  );
}
