import { Module, type OnModuleDestroy } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { both, failed, type Finding } from '#contracts';
import { TroubleBook, withAdvisoryLock } from '#persistence';
import { CONFIGURATION, isFedBy1C, PerSystem, readSecret, type Configuration, type FedBy1C } from '#platform';
import { ServiceClosingError } from './errors.js';
import { countCall } from './metrics.js';
import { PagesByRecord } from './pages-told.js';
import { SynchronizerClient, type SynchronizerOptions } from './client.js';
import { onecCircumstances, type OnecCircumstances } from './doctor/circumstances.js';
import { examineOneC } from './doctor/examine.js';

/** The infobase behind a publication: `https://server/base` of `https://server/base/ws/ITK_Synchronizer.1cws`. */
export function infobaseOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  const base = pathname.replace(/\/ws\/[^/]*\/?$/i, '').replace(/\/+$/, '');
  return `${protocol}//${host}${base}`.toLowerCase();
}

type Configured = Pick<FedBy1C, 'id' | 'synchronizer'>;

/** When a service closes: no new call is begun, and later the one under way is given up. */
interface Ending {
  begin: AbortSignal;
  giveUp: AbortSignal;
}

/** How a system's 1C is to be called: one call at a time per infobase over all services and replicas on this database. */
const optionsFor = ({ id, synchronizer }: Configured, dataSource: DataSource, ending: Ending): SynchronizerOptions => ({
  url: synchronizer.url,
  user: synchronizer.user,
  password: () => passwordOf(synchronizer.passwordFile),
  namespace: synchronizer.namespace,
  rename: synchronizer.rename,
  errorCodePattern: synchronizer.errorCodePattern,
  serialize: (work) => withAdvisoryLock(dataSource, `infobase ${infobaseOf(synchronizer.url)}`, work, ending.begin),
  signal: ending.giveUp,
  onCall: countCall(id),
  onPage: new PagesByRecord(id, new TroubleBook(dataSource)).see,
});

/**
 * The doctor: a system's 1C on the way that the services take, under the infobase's lock. Changes nothing there unless
 * a page or the flag test is asked for.
 */
export const examineOneCOf = (
  system: FedBy1C,
  dataSource: DataSource,
  asked: Pick<OnecCircumstances, 'page' | 'student'>,
): Promise<Finding[]> => {
  const never = new AbortController().signal;
  const options = optionsFor(system, dataSource, { begin: never, giveUp: never });
  return examineOneC(options, onecCircumstances(system, asked));
};

/** A closing service leaves a call of 1C this long to end, milliseconds: it has 25 s in all, 10 to end its session. */
const patienceAtTheEnd = 10_000;

/** When no new call is begun any more, and when the one under way is given up. */
class Closing implements Ending {
  private readonly beginning = new AbortController();
  private readonly givingUp = new AbortController();
  readonly begin = this.beginning.signal;
  readonly giveUp = this.givingUp.signal;

  start(): void {
    this.beginning.abort(new ServiceClosingError(false));
    setTimeout(() => this.givingUp.abort(new ServiceClosingError()), patienceAtTheEnd).unref();
  }
}

interface ClientOfSystem {
  system: FedBy1C;
  client: SynchronizerClient;
}

/** The clients of a service, one for each system that 1C feeds. */
export class SynchronizerClients extends PerSystem<ClientOfSystem, FedBy1C> implements OnModuleDestroy {
  private readonly closing: Closing;

  constructor({ systems }: Configuration, dataSource: DataSource) {
    const closing = new Closing();
    super(systems.filter(isFedBy1C), (system) => ({
      system,
      client: new SynchronizerClient(optionsFor(system, dataSource, closing)),
    }));
    this.closing = closing;
  }

  /** Before the consumers are stopped: they wait for what is in hand. */
  onModuleDestroy(): void {
    this.closing.start();
  }
}

/** {@link SynchronizerClients} of the configuration, on the service's database. */
@Module({
  providers: [
    {
      provide: SynchronizerClients,
      inject: [CONFIGURATION, getDataSourceToken()],
      useFactory: (configuration: Configuration, dataSource: DataSource) =>
        new SynchronizerClients(configuration, dataSource),
    },
  ],
  exports: [SynchronizerClients],
})
export class SynchronizerModule {}

function passwordOf(file: string): string {
  try {
    return readSecret(file);
  } catch (error) {
    throw failed(
      'configuration',
      'onec-password-file',
      both('Файл пароля учётной записи 1С не читается', 'The password file of the 1C account cannot be read'),
      {
        cure: both(
          'Проверьте synchronizer.passwordFile и права на файл',
          'Check synchronizer.passwordFile and its rights',
        ),
        error,
      },
    );
  }
}
