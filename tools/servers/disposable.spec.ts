import amqp from 'amqplib';
import pg from 'pg';
import { startPostgres, startRabbit } from './disposable.mjs';

test('a cluster of one’s own survives being killed, on the same port', async () => {
  const postgres = await startPostgres();
  try {
    const query = async (sql: string) => {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      try {
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    };
    await query('create table kept (name text)');
    await query("insert into kept values (lower('ИВАНОВ'))");
    const before = postgres.url;
    postgres.kill();
    await postgres.start();
    expect(postgres.url).toBe(before);
    expect(await query('select name from kept')).toEqual([{ name: 'иванов' }]);
  } finally {
    await postgres.stop();
  }
});

test('a broker of one’s own keeps a confirmed message through a kill and a restart', async () => {
  const rabbit = await startRabbit();
  try {
    const withChannel = async <T>(work: (channel: amqp.ConfirmChannel) => Promise<T>): Promise<T> => {
      const connection = await amqp.connect(rabbit.url);
      try {
        const channel = await connection.createConfirmChannel();
        channel.on('error', () => {});
        return await work(channel);
      } finally {
        await connection.close();
      }
    };
    const queue = { durable: true };
    await withChannel((channel) => channel.assertQueue('kept', queue));
    await rabbit.restart(); // RabbitMQ 3.10 writes the declaration of a queue to its disk some time later
    await withChannel(async (channel) => {
      channel.sendToQueue('kept', Buffer.from('word'), { persistent: true });
      await channel.waitForConfirms();
    });
    const before = rabbit.pid;
    rabbit.kill();
    await rabbit.start();
    expect(rabbit.pid).not.toBe(before);
    // After a hard kill the broker answers before it has read back its queues.
    const end = Date.now() + 30_000;
    let message: amqp.GetMessage | false = false;
    while (!message && Date.now() < end)
      message = await withChannel((channel) => channel.get('kept', { noAck: true })).catch(() => false);
    expect(message && message.content.toString()).toBe('word');
  } finally {
    await rabbit.stop();
  }
}, 240_000);
