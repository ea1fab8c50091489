import { Reflector } from '@nestjs/core';
import { permitKey } from '#http-api';
import type { Permission } from './matrix.js';

/**
 * What a route asks of whoever calls it: a permission (for the system in its path, where it has one), `signed-in`, or
 * `anybody`. A route that says nothing is closed to everybody.
 */
export const Permit = Reflector.createDecorator<Permission | 'signed-in' | 'anybody'>({ key: permitKey });
