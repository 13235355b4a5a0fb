import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { DuncanError } from '#platform'
import type { ParseAnswer, ParseRequest } from './parse-worker.ts'
import type { ParsedMail } from './parsed-mail.ts'
import { readHeaders } from './read-headers.ts'
import { type MailFacts, understandMail } from './understand-mail.ts'

export type ParsedSource = { mail: ParsedMail; facts: MailFacts }

export type Parser = {
  /**
   * Parses a source: its bytes, or the path of its file. A mail that defeats the parser comes back with a `problem`. Without
   * `withHtml` it comes without its HTML and with those headers only that are stored.
   */
  parse: (source: Buffer | string, options?: { withHtml?: boolean }) => Promise<ParsedSource>
  /** Ends the threads; what was asked and not answered is rejected. */
  close: () => Promise<void>
}

type Task = { id: number; source: Buffer | string; withHtml: boolean; resolve: (parsed: ParsedSource) => void; reject: (error: Error) => void }
type Thread = {
  worker: Worker
  /** The id of the mail that the thread is parsing. */
  at: Int32Array
  tasks: Task[]
  /** Of the mail in hand; while the thread is down, of its next start. */
  timer: NodeJS.Timeout | undefined
  isDown: boolean
  /** How often in a row it died before it began with any mail. */
  failedStarts: number
}

/** How many mails a thread has at hand, so that it never waits for the next while the main thread is busy; it is given more when `least` are left. */
const depth = { most: 64, least: 40, bytes: 8 * 1024 * 1024 }
/**
 * A mail that needs more takes down its thread, not Duncan. Below two gigabytes V8 takes the limit for a small machine's and collects
 * all the time, which was a fifth of the parsing; a thread that parses ordinary mail stays below 200 MB, and what was made up to
 * hurt (100 MB of base64, 50 MB of text or HTML, a thousand parts, 900 levels) below 500 MB, or ends by its time.
 */
const resourceLimits = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 64 }

/** In milliseconds, between the starts of a thread that dies of them; and after how many nobody is kept waiting any more. */
const [firstPause, longestPause, toldAfter] = [50, 60_000, 3]

/** One thread less than there are cores, since the main thread fetches and stores meanwhile. */
export const defaultParserThreads = (): number => Math.max(1, availableParallelism() - 1)

/** Starts parser threads. Hostile mail can at worst take down a thread, which is replaced. */
export function createParser({
  threads = defaultParserThreads(),
  timeLimitMilliseconds = 30_000,
  workerFile = new URL('./parse-worker.ts', import.meta.url),
}: {
  threads?: number
  timeLimitMilliseconds?: number
  workerFile?: URL
} = {}): Parser {
  const waiting: Task[] = []
  let nextId = 1
  let isClosed = false
  const pool = Array.from({ length: threads }, () =>
    startThread({ worker: undefined as unknown as Worker, at: new Int32Array(), tasks: [], timer: undefined, isDown: false, failedStarts: 0 }),
  )

  function startThread(thread: Thread): Thread {
    const at = new SharedArrayBuffer(4)
    const worker = new Worker(workerFile, { resourceLimits, workerData: { at } })
    thread.worker = worker
    thread.isDown = false
    thread.at = new Int32Array(at)
    worker.on('message', (answers: ParseAnswer[]) => thread.worker === worker && finish(thread, answers))
    worker.on('error', error => replace(thread, worker, error.message))
    worker.on('exit', () => replace(thread, worker, 'it ended by itself'))
    worker.unref()
    return thread
  }

  function finish(thread: Thread, answers: ParseAnswer[]): void {
    thread.failedStarts = 0
    for (const { mail, facts } of answers) thread.tasks.shift()?.resolve({ mail, facts })
    watch(thread)
    fill(thread)
  }

  /** The mail that the thread was at gets a problem; those behind it are parsed by whoever is free. */
  function replace(thread: Thread, worker: Worker, cause: string): void {
    if (isClosed || thread.isDown || thread.worker !== worker) return
    clearTimeout(thread.timer)
    const begun = Atomics.load(thread.at, 0)
    const guilty = thread.tasks.find(({ id }) => id === begun)
    waiting.unshift(...thread.tasks.filter(task => task !== guilty))
    thread.tasks = []
    void worker.terminate()
    if (begun === 0) startLater(thread, cause)
    else startThread(thread)
    if (guilty) void giveUp(guilty, `the mail brought the parser down: ${cause}`)
    for (const other of pool) fill(other)
  }

  /** No mail is to blame for a thread that dies of its start. When none starts, who asked hears of it and asks again later. */
  function startLater(thread: Thread, cause: string): void {
    thread.isDown = true
    thread.failedStarts++
    thread.timer = setTimeout(
      () => {
        startThread(thread)
        fill(thread)
      },
      Math.min(longestPause, firstPause * 2 ** thread.failedStarts),
    )
    if (pool.some(({ failedStarts }) => failedStarts < toldAfter)) return
    for (const task of waiting.splice(0)) task.reject(notStarted(cause))
  }

  function watch(thread: Thread): void {
    clearTimeout(thread.timer)
    if (thread.tasks.length === 0) return thread.worker.unref()
    const { worker } = thread
    thread.timer = setTimeout(() => replace(thread, worker, `it took longer than ${timeLimitMilliseconds / 1000} s to parse`), timeLimitMilliseconds)
  }

  function fill(thread: Thread): void {
    if (thread.isDown || waiting.length === 0 || thread.tasks.length > depth.least) return
    const tasks = takeTasks(depth.most - thread.tasks.length)
    const isIdle = thread.tasks.length === 0
    thread.tasks.push(...tasks)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no browser window
    thread.worker.postMessage(tasks.map(({ id, source, withHtml }): ParseRequest => ({ id, source, withHtml })))
    if (!isIdle) return
    thread.worker.ref()
    watch(thread)
  }

  function takeTasks(most: number): Task[] {
    let bytes = 0
    const enough = waiting.findIndex(({ source }, at) => at === most || (bytes += source.length) > depth.bytes)
    return waiting.splice(0, enough < 0 ? waiting.length : Math.max(1, enough))
  }

  return {
    parse: (source, { withHtml = false } = {}) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('the parser is closed'))
        waiting.push({ id: nextId++, source, withHtml, resolve, reject })
        const freest = pool.reduce((best, thread) => (load(thread) < load(best) ? thread : best))
        fill(freest)
      }),
    close: async () => {
      isClosed = true
      for (const thread of pool) {
        clearTimeout(thread.timer)
        for (const task of thread.tasks.splice(0)) task.reject(new Error('the parser was closed'))
      }
      for (const task of waiting.splice(0)) task.reject(new Error('the parser was closed'))
      await Promise.all(pool.map(({ worker }) => worker.terminate()))
    },
  }
}

const notStarted = (cause: string): DuncanError =>
  new DuncanError(
    'mail.parser',
    `The threads that read mails do not start: ${cause}.`,
    'See whether the machine has memory left and the installation is whole (npm ci); mail waits in the mailbox meanwhile.',
  )

const load = ({ isDown, tasks }: Thread): number => (isDown ? Number.POSITIVE_INFINITY : tasks.length)

async function giveUp(task: Task, problem: string): Promise<void> {
  const source = typeof task.source === 'string' ? await readFile(task.source).catch(() => Buffer.alloc(0)) : task.source
  const mail = readHeaders(source, problem)
  task.resolve({ mail, facts: understandMail(mail) })
}
