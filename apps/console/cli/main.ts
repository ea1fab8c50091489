#!/usr/bin/env node
// Before anything else is loaded: log lines of the libraries have no place among the answers.
process.env.ITK_LOG_LEVEL ??= 'fatal';
await import('reflect-metadata');
const { Logger } = await import('@nestjs/common');
Logger.overrideLogger(false);
const { runCli } = await import('./program.js');

// A pipe that is closed early (`itk ... | head`) is no error.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  environment: process.env,
});
