import { parentPort, workerData } from 'node:worker_threads'
import { keptHeaders } from './kept-headers.ts'
import { parseMail } from './parse-mail.ts'
import type { ParsedMail } from './parsed-mail.ts'
import { type MailFacts, understandMail } from './understand-mail.ts'

export type ParseRequest = { id: number; source: Uint8Array | string; withHtml: boolean }
export type ParseAnswer = { id: number; mail: ParsedMail; facts: MailFacts }

// mailparser makes and drops an error for every part that it closes twice; their stacks cost 6% of the parsing.
Error.stackTraceLimit = 0

const at = new Int32Array((workerData as { at: SharedArrayBuffer }).at)
const waiting: ParseRequest[] = []
const longestHold = { answers: 8, milliseconds: 20 }

// Mails are parsed one after the other: when one takes this thread down, `at` tells the parser which.
parentPort?.on('message', (requests: ParseRequest[]) => {
  if (waiting.push(...requests) === requests.length) void answerAll()
})

/** Answers travel together: waking the other thread for each mail costs more than many an answer. */
async function answerAll(): Promise<void> {
  let answers: ParseAnswer[] = []
  let since = performance.now()
  for (let request = waiting[0]; request; request = waiting[0]) {
    answers.push(await answer(request))
    waiting.shift()
    if (waiting.length > 0 && answers.length < longestHold.answers && performance.now() - since < longestHold.milliseconds) continue
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no browser window
    parentPort?.postMessage(answers)
    answers = []
    since = performance.now()
  }
}

async function answer({ id, source, withHtml }: ParseRequest): Promise<ParseAnswer> {
  Atomics.store(at, 0, id)
  const mail = await parseMail(typeof source === 'string' ? source : Buffer.from(source.buffer, source.byteOffset, source.byteLength))
  const facts = understandMail(mail)
  // HTML is large and headers are many; only guards look at them, and they ask for them.
  return { id, mail: withHtml ? mail : { ...mail, html: undefined, headers: keptHeaders(mail.headers) }, facts }
}
