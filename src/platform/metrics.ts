import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = {
  /** A count that only grows. Names are `duncan_<what>_total`; labels never carry personal data. */
  counter: <L extends string>(name: string, help: string, labels?: readonly L[]) => Counter<L>
  /** A value that is asked for at each scrape. */
  gauge: (name: string, help: string, read: () => number | Promise<number>) => void
  /** Values by label that are asked for together at each scrape; a label that is no longer among them is gone. */
  gauges: <L extends string>(name: string, help: string, labels: readonly L[], read: () => Promise<Reading<L>[]>) => void
  /** Counts that only grow and that the database keeps, asked for at each scrape. Names end in `_total`. */
  totals: <L extends string>(name: string, help: string, labels: readonly L[], read: () => Promise<Reading<L>[]>) => void
  /** Durations in seconds, by default from 5 ms to a minute. Names are `duncan_<what>_seconds`. */
  histogram: <L extends string>(name: string, help: string, labels?: readonly L[], buckets?: number[]) => Histogram<L>
  /** What a Prometheus server scrapes. */
  render: () => Promise<{ contentType: string; body: string }>
}

/** One value under its labels, which never carry personal data and have few values. */
export type Reading<L extends string> = { labels: Record<L, string>; value: number }

/** A value that cannot be had is no number, rather than the end of the scrape. */
const valueOf = async (read: () => number | Promise<number>): Promise<number> => {
  try {
    return await read()
  } catch {
    return Number.NaN
  }
}

/** Puts what is read now in the place of what stood; while the database is away nothing stands, and the process's own figures still count. */
async function renew<L extends string>(metric: { reset: () => void }, read: () => Promise<Reading<L>[]>, put: (reading: Reading<L>) => void): Promise<void> {
  const readings = await read().catch(() => [])
  metric.reset()
  for (const reading of readings) put(reading)
}

const seconds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60]

/** A registry of its own with the figures of the process (memory, processor time, event loop lag). */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: labels, registers }),
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({ name, help, registers, collect: async () => gauge.set(await valueOf(read)) })
    },
    gauges: (name, help, labelNames, read) => {
      const collect = function (this: Gauge) {
        return renew(this, read, ({ labels, value }) => this.set(labels, value))
      }
      registry.registerMetric(new Gauge({ name, help, labelNames, registers: [], collect }))
    },
    totals: (name, help, labelNames, read) => {
      const collect = function (this: Counter) {
        return renew(this, read, ({ labels, value }) => this.inc(labels, value))
      }
      registry.registerMetric(new Counter({ name, help, labelNames, registers: [], collect }))
    },
    histogram: (name, help, labels = [], buckets = seconds) => new Histogram({ name, help, labelNames: labels, buckets, registers }),
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}
