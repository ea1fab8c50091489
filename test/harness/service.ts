import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { flagsOf } from '../../tools/services.mjs';

const root = resolve(import.meta.dirname, '../..');

/** One service, run as in production: a process of its own, from the built program. */
export class ServiceProcess {
  private child?: ChildProcess;
  private logFile?: WriteStream;
  /** Of its health and metrics. */
  port = 0;
  /** Of what it serves others, if anything. */
  servedPort?: number;
  /** Lines of its log that speak of errors. */
  readonly errors: string[] = [];

  constructor(
    readonly name: string,
    private readonly environment: Record<string, string>,
    private readonly folder: string,
  ) {}

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when the service listens; rejects with its last words when it cannot start. */
  async start(): Promise<void> {
    const program = join(root, 'dist/apps', this.name, 'main.js');
    if (!existsSync(program)) throw new Error(`${program} is not built: npm run build`);
    const child = spawn(process.execPath, [...flagsOf(this.name), program], {
      cwd: root,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        PORT: '0',
        HEALTH_PORT: '0',
        HEALTH_HOST: '127.0.0.1',
        ...this.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.logFile ??= createWriteStream(join(this.folder, `${this.name}-${Math.random().toString(36).slice(2, 6)}.log`));
    const words: string[] = [];
    const log = this.logFile;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      words.push(text);
      log.write(text);
    });
    await new Promise<void>((done, fail) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        log.write(`${line}\n`);
        if (line.includes('"level":"error"') || line.includes('"level":"fatal"')) {
          words.push(line);
          this.errors.push(line);
        }
        if (!line.includes('"listening"')) return;
        const told = JSON.parse(line) as { port?: number; health?: { port: number } };
        // onec-component's desk says so, too
        if (!told.health) return;
        this.port = told.health.port;
        this.servedPort = told.port;
        done();
      });
      child.on('exit', (code) => fail(new Error(`${this.name} ended with ${code}: ${words.slice(-5).join('\n')}`)));
    });
  }

  /** As Kubernetes ends it. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** As the kernel ends it. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stands still in the midst of whatever it does, its connections open, until {@link thaw}. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (!child || !this.running) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    this.thaw();
    await gone;
  }

  /** Sum over the series of this name that bear all these labels. */
  async metric(name: string, labels: Record<string, string> = {}): Promise<number> {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .filter((line) => wanted.every((label) => line.includes(label)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }
}
