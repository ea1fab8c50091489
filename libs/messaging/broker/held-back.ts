import { both, type Bilingual } from '#contracts';

/** Why and what to do, of the broker's own word for its alarm. */
export function heldBackBecause(alarm: string): { reason: Bilingual; cure: Bilingual } {
  const short = /disk/i.test(alarm)
    ? both('кончается место на диске', 'it is short of disk space')
    : /memory/i.test(alarm)
      ? both('кончается память', 'it is short of memory')
      : both(alarm, alarm);
  return {
    reason: both(`RabbitMQ не принимает сообщений: ${short.ru}`, `RabbitMQ takes no messages: ${short.en}`),
    cure: both(
      'Дайте RabbitMQ места или памяти (rabbitmq-diagnostics alarms; disk_free_limit, vm_memory_high_watermark). Дальше всё пойдёт само',
      'Give RabbitMQ disk or memory (rabbitmq-diagnostics alarms; disk_free_limit, vm_memory_high_watermark). Work goes on by itself',
    ),
  };
}
