import { applyDecorators, HttpCode, SerializeOptions, SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

export const answerKey = 'itk:answer';

/** What a route answers, as the OpenAPI document tells it. */
export interface Answer {
  /** What the route does, in one line. */
  summary: string;
  status: number;
  /** Absent: nothing is answered but the status. */
  schema?: z.ZodType;
  /** Of what is no JSON. */
  mediaType?: string;
}

/**
 * The answer of a route, and what it does. The same schema sifts the answer: what is not in it does not go out, and
 * what breaks it is a fault of ours.
 */
export const Answers = (summary: string, schema: z.ZodType, status = 200): MethodDecorator =>
  applyDecorators(
    SetMetadata(answerKey, { summary, status, schema } satisfies Answer),
    SerializeOptions({ schema }),
    HttpCode(status),
  );

/** The route answers nothing but that it is done. */
export const AnswersNothing = (summary: string): MethodDecorator =>
  applyDecorators(SetMetadata(answerKey, { summary, status: 204 } satisfies Answer), HttpCode(204));

/** The route answers a file or a stream. */
export const AnswersText = (summary: string, mediaType: string): MethodDecorator =>
  SetMetadata(answerKey, { summary, status: 200, mediaType } satisfies Answer);

/** The route leads a browser somewhere else. */
export const AnswersElsewhere = (summary: string): MethodDecorator =>
  SetMetadata(answerKey, { summary, status: 303 } satisfies Answer);
