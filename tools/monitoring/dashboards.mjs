import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard, lines, number } from './panels.mjs';

/** A queue is called `service.system`. */
const ofSystem = 'queue=~"[^.]+\\\\.$system"';

const overview = () =>
  dashboard('itk-overview', 'Integration Toolkit: обзор / overview')
    .withRow(new RowBuilder('Сейчас / Now'))
    .withPanel(
      number({
        title: 'Сбоев открыто / Open failures',
        query: { expr: 'sum(itk_failures_open) or vector(0)' },
        bad: 1,
      }),
    )
    .withPanel(number({ title: 'Пауз / Pauses', query: { expr: 'count(itk_paused) or vector(0)' }, bad: 1 }))
    .withPanel(
      number({ title: 'Найдено службами / Found by services', query: { expr: 'sum(itk_found) or vector(0)' }, bad: 1 }),
    )
    .withPanel(number({ title: 'В работе / Under way', query: { expr: 'sum(itk_students_in_flight)' } }))
    .withPanel(
      number({ title: 'Синхронизировано / Synchronized', query: { expr: 'sum(itk_students{state="synchronized"})' } }),
    )
    .withPanel(number({ title: 'Консоль на дежурстве / Console on duty', query: { expr: 'sum(itk_on_duty)' } }))
    .withRow(new RowBuilder('Системы / Systems'))
    .withPanel(
      lines({
        title: 'Студентов в минуту / Students a minute',
        queries: [{ expr: 'sum by (system) (rate(itk_told_total[5m])) * 60', legend: '{{system}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Дольше всех в работе / Longest under way',
        unit: 's',
        queries: [{ expr: 'itk_under_way_oldest_seconds', legend: '{{system}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Открытые сбои по роду / Open failures by kind',
        stacked: true,
        queries: [{ expr: 'sum by (system, kind) (itk_failures_open)', legend: '{{system}}: {{kind}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'С последнего слова для 1С / Since 1C was last told',
        unit: 's',
        queries: [{ expr: 'time() - itk_last_reported_timestamp_seconds', legend: '{{system}}' }],
      }),
    )
    .withRow(new RowBuilder('Серверы и процессы / Servers and processes'))
    .withPanel(
      lines({
        title: 'Соединения PostgreSQL / Connections of PostgreSQL',
        queries: [{ expr: 'max by (state) (itk_database_connections)', legend: '{{state}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Память служб / Memory of services',
        unit: 'bytes',
        queries: [{ expr: 'process_resident_memory_bytes{service!=""}', legend: '{{service}} {{instance}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Задержка цикла событий, p99 / Event loop lag, p99',
        unit: 's',
        queries: [{ expr: 'nodejs_eventloop_lag_p99_seconds', legend: '{{service}} {{instance}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Процессор / Processor',
        unit: 'percentunit',
        queries: [{ expr: 'rate(process_cpu_seconds_total{service!=""}[5m])', legend: '{{service}} {{instance}}' }],
      }),
    );

const system = () =>
  dashboard('itk-system', 'Integration Toolkit: система / one system', true)
    .withRow(new RowBuilder('Сейчас / Now'))
    .withPanel(number({ title: 'Известно / Known', query: { expr: 'itk_students{system="$system",state="known"}' } }))
    .withPanel(
      number({
        title: 'Синхронизировано / Synchronized',
        query: { expr: 'itk_students{system="$system",state="synchronized"}' },
      }),
    )
    .withPanel(
      number({
        title: 'Не удалось / Failed',
        query: { expr: 'itk_students{system="$system",state="failed"}' },
        bad: 1,
      }),
    )
    .withPanel(
      number({ title: 'В работе / Under way', query: { expr: 'sum(itk_students_in_flight{system="$system"})' } }),
    )
    .withPanel(number({ title: 'Окно / Window', query: { expr: 'max(itk_window_size{system="$system"})' } }))
    .withPanel(number({ title: 'Молчит / Silent', query: { expr: 'itk_silent{system="$system"}' }, bad: 1 }))
    .withRow(new RowBuilder('1С'))
    .withPanel(
      lines({
        title: 'Вызовы 1С по исходу / Calls of 1C by outcome',
        unit: 'reqps',
        queries: [
          {
            expr: 'sum by (operation, outcome) (rate(itk_onec_calls_total{system="$system"}[5m]))',
            legend: '{{operation}}: {{outcome}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Время вызова 1С, p95 / Time of a call of 1C, p95',
        unit: 's',
        queries: [
          {
            expr: 'histogram_quantile(0.95, sum by (le, operation) (rate(itk_onec_call_seconds_bucket{system="$system"}[5m])))',
            legend: '{{operation}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Предложено и отправлено / Offered and published',
        queries: [
          { expr: 'sum(rate(itk_students_offered_total{system="$system"}[5m])) * 60', legend: 'предложено / offered' },
          {
            expr: 'sum(rate(itk_students_published_total{system="$system"}[5m])) * 60',
            legend: 'отправлено / published',
          },
          { expr: 'sum(rate(itk_bindings_published_total{system="$system"}[5m])) * 60', legend: 'привязки / bindings' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Сообщено 1С / Told 1C',
        queries: [
          { expr: 'sum by (service) (rate(itk_told_total{system="$system"}[5m])) * 60', legend: '{{service}}' },
        ],
      }),
    )
    .withRow(new RowBuilder('Moodle'))
    .withPanel(
      lines({
        title: 'Вызовы Moodle по исходу / Calls of Moodle by outcome',
        unit: 'reqps',
        queries: [
          {
            expr: 'sum by (function, outcome) (rate(itk_moodle_calls_total{system="$system"}[5m]))',
            legend: '{{function}}: {{outcome}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Время вызова Moodle, p95 / Time of a call of Moodle, p95',
        unit: 's',
        queries: [
          {
            expr: 'histogram_quantile(0.95, sum by (le, function) (rate(itk_moodle_call_seconds_bucket{system="$system"}[5m])))',
            legend: '{{function}}',
          },
        ],
      }),
    )
    .withRow(new RowBuilder('Паузы и сбои / Pauses and failures'))
    .withPanel(
      lines({
        title: 'Паузы / Pauses',
        queries: [{ expr: 'itk_paused{system="$system"}', legend: '{{service}}: {{kind}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Открытые сбои / Open failures',
        stacked: true,
        queries: [{ expr: 'itk_failures_open{system="$system"}', legend: '{{kind}}' }],
      }),
    );

const messaging = () =>
  dashboard('itk-messaging', 'Integration Toolkit: сообщения / messaging', true)
    .withRow(new RowBuilder('Очереди / Queues'))
    .withPanel(
      lines({
        title: 'Ждут / Waiting',
        queries: [{ expr: 'itk_queue_messages{system="$system",state="ready"}', legend: '{{consumer}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Ждут повтора / Waiting for a retry',
        queries: [{ expr: 'itk_queue_messages{system="$system",state="retry"}', legend: '{{consumer}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Не разобраны консолью / Dead, not yet drained',
        queries: [{ expr: 'itk_queue_messages{system="$system",state="dead"}', legend: '{{consumer}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Берут сообщения / Consuming',
        queries: [{ expr: `sum by (queue) (itk_consuming{${ofSystem}})`, legend: '{{queue}}' }],
      }),
    )
    .withRow(new RowBuilder('Обработка / Handling'))
    .withPanel(
      lines({
        title: 'Сообщения по исходу / Messages by outcome',
        unit: 'cps',
        queries: [
          {
            expr: `sum by (queue, outcome) (rate(itk_messages_total{${ofSystem}}[5m]))`,
            legend: '{{queue}}: {{outcome}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Время пачки, p95 / Time of a batch, p95',
        unit: 's',
        queries: [
          {
            expr: `histogram_quantile(0.95, sum by (le, queue) (rate(itk_batch_seconds_bucket{${ofSystem}}[5m])))`,
            legend: '{{queue}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Сообщений в пачке / Messages in a batch',
        queries: [
          {
            expr: `sum by (queue) (rate(itk_batch_size_sum{${ofSystem}}[5m])) / sum by (queue) (rate(itk_batch_size_count{${ofSystem}}[5m]))`,
            legend: '{{queue}}',
          },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Попыток на сообщение / Attempts a message',
        queries: [
          {
            expr: `sum by (queue) (rate(itk_attempts_sum{${ofSystem}}[15m])) / sum by (queue) (rate(itk_attempts_count{${ofSystem}}[15m]))`,
            legend: '{{queue}}',
          },
        ],
      }),
    )
    .withRow(new RowBuilder('Брокер и журнал / Broker and journal'))
    .withPanel(
      lines({
        title: 'Опубликовано / Published',
        unit: 'cps',
        queries: [{ expr: 'sum by (type) (rate(itk_published_total[5m]))', legend: '{{type}}' }],
      }),
    )
    .withPanel(
      lines({
        title: 'Журнал / Journal',
        unit: 'cps',
        queries: [
          { expr: 'sum(rate(itk_journal_events_total{system="$system"}[5m]))', legend: 'записано / stored' },
          { expr: 'sum(rate(itk_journal_missing_total[5m]))', legend: 'недостаёт / missing' },
        ],
      }),
    )
    .withPanel(
      lines({
        title: 'Брокер не принимает / Broker holds back',
        queries: [{ expr: 'max by (connection) (itk_broker_holds_back)', legend: '{{connection}}' }],
      }),
    );

/** File and what stands in it. */
export const dashboards = () => ({
  'overview.json': overview().build(),
  'system.json': system().build(),
  'messaging.json': messaging().build(),
});
