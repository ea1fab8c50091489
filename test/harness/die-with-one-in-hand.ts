import type { ChannelModel, ConsumeMessage } from 'amqplib';

/** Is a consumer that dies with one message in hand, so many times. @returns the message */
export async function dieWithOneInHand(
  connection: ChannelModel,
  queue: string,
  times: number,
): Promise<ConsumeMessage> {
  let last: ConsumeMessage | undefined;
  for (let time = 0; time < times; time++) {
    const channel = await connection.createChannel();
    await channel.prefetch(1);
    const message = await new Promise<ConsumeMessage>((taken, failed) => {
      channel.consume(queue, (one) => one && taken(one)).catch(failed);
    });
    if (last && last.properties.messageId !== message.properties.messageId)
      throw new Error(`after ${time} deaths another message came`);
    last = message;
    await channel.close();
  }
  return last!;
}
